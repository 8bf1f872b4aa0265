/// What a run does about a step whose numbers are not finite.
package enum NonFinitePolicy: String, Codable, CaseIterable, Sendable {
  /// Ends, with a report.
  case halt
  /// Leaves the step out. A run whose parameters are not finite, or that leaves out
  /// ``longestSkip`` steps in succession, ends.
  case skip
  /// Goes back to the latest checkpoint and on at half the learning rate, until that has become
  /// ``smallestScale`` of what it was.
  case rollback

  static let longestSkip = 100
  static let smallestScale = 1.0 / 1024
}
