extension ContextCurve {
  init(_ estimates: [Estimate]) {
    self.init(
      mean: estimates.map(\.value), low: estimates.map(\.low), high: estimates.map(\.high))
  }

  /// The mean at an index, with its interval.
  package func estimate(_ index: Int) -> Estimate {
    Estimate(value: mean[index], low: low[index], high: high[index])
  }
}
