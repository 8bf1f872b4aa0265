import RealModule

/// The search for a positive number at which a function is smallest.
package enum LogarithmicSearch {
  /// The best of a grid of equal ratios, then a golden-section search between its neighbours.
  ///
  /// - Parameters:
  ///   - range: of positive numbers.
  ///   - gridCount: numbers of the grid, at least 3.
  ///   - tolerance: of the ratio of the result to the best number.
  ///   - value: the function; what is not finite counts as larger than anything.
  package static func minimum<Failure: Error>(
    in range: ClosedRange<Double>, gridCount: Int, tolerance: Double = 1e-6,
    _ value: (Double) throws(Failure) -> Double
  ) throws(Failure) -> (argument: Double, value: Double) {
    precondition(range.lowerBound > 0 && gridCount > 2, "A grid of positive numbers.")
    let ends = (low: Double.log(range.lowerBound), high: Double.log(range.upperBound))
    let step = (ends.high - ends.low) / Double(gridCount - 1)
    func evaluate(_ logarithm: Double) throws(Failure) -> Double {
      let number = try value(.exp(logarithm))
      return number.isFinite ? number : .infinity
    }
    let grid = (0..<gridCount).map { ends.low + Double($0) * step }
    var heights: [Double] = []
    for logarithm in grid { heights.append(try evaluate(logarithm)) }
    let best = heights.indices.reduce(0) { heights[$1] < heights[$0] ? $1 : $0 }
    var low = grid[max(0, best - 1)]
    var high = grid[min(gridCount - 1, best + 1)]
    let ratio = (5.0.squareRoot() - 1) / 2
    var inner = (low: high - ratio * (high - low), high: low + ratio * (high - low))
    var values = (low: try evaluate(inner.low), high: try evaluate(inner.high))
    while high - low > tolerance {
      if values.low <= values.high {
        high = inner.high
        inner.high = inner.low
        values.high = values.low
        inner.low = high - ratio * (high - low)
        values.low = try evaluate(inner.low)
      } else {
        low = inner.low
        inner.low = inner.high
        values.low = values.high
        inner.high = low + ratio * (high - low)
        values.high = try evaluate(inner.high)
      }
    }
    // What is not finite may begin within the last interval.
    let seen = [
      (inner.low, values.low), (inner.high, values.high), (grid[best], heights[best]),
    ]
    let least = seen.reduce(seen[0]) { $1.1 < $0.1 ? $1 : $0 }
    return (.exp(least.0), least.1)
  }
}
