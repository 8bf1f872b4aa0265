/// The mean of a metric by the number of examples in the context, with an interval around it.
///
/// Index `k` of each array belongs to predictions made after `k` examples.
package struct ContextCurve: Codable, Equatable, Sendable {
  /// `[N]`
  package let mean: [Double]
  /// `[N]`: the lower end of the interval.
  package let low: [Double]
  /// `[N]`: the upper end of the interval.
  package let high: [Double]

  package init(mean: [Double], low: [Double], high: [Double]) {
    precondition(mean.count == low.count && mean.count == high.count, "An interval for each mean.")
    self.mean = mean
    self.low = low
    self.high = high
  }
}
