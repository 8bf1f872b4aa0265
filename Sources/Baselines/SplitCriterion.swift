/// What a greedy decision tree minimises when it cuts a node in two.
protocol SplitCriterion {
  /// What has to be known of the examples of a node before it is cut.
  associatedtype Summary

  func summary(of examples: Span<Int32>) -> Summary

  /// Whether all targets are equal, so that there is nothing to gain.
  func isPure(_ summary: Summary) -> Bool

  /// The best place to cut examples, the lowest of equally good ones.
  ///
  /// - Parameters:
  ///   - order: the examples of the node in ascending order of a feature.
  ///   - column: `[N]`, this feature of all examples.
  mutating func bestCut(_ order: Span<Int32>, _ column: Span<Float>, _ summary: Summary) -> Cut
}
