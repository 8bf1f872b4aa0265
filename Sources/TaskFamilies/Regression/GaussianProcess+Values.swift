// Dimension key
//   N  examples in an episode      D  dimension of an input

extension GaussianProcess {
  /// Adds `L z` to the targets, with the factor `L` of the covariance of the values at the inputs.
  ///
  /// Columns of `L` follow one after the other, each from those before it: summed in double
  /// precision, kept in single precision. What rounding leaves of a pivot is never taken for less
  /// than the jitter.
  ///
  /// - Parameters:
  ///   - normals: `z`, `[N]`
  ///   - inputs: `[N, D]`
  ///   - targets: `[N]`
  ///   - factor: room for `Lᵀ`, `[N, N]`, of which the part on and above the diagonal is written.
  func addValues(
    of normals: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>,
    room factor: inout MutableSpan<Float>
  ) {
    let count = targets.count
    precondition(
      normals.count == count && factor.count == count * count && inputs.count == count * dimension
        && count <= Self.largestExampleCount, "A number and a row for each target.")
    let variance = Double(amplitude) * Double(amplitude)
    let least = Self.jitter * variance
    var storage = InlineArray<1024, Double>(repeating: 0)
    var column = storage.mutableSpan
    for pivot in 0..<count {
      fillCovariances(&column, of: pivot, count, inputs, variance)
      // All indices are in bounds by the precondition.
      for earlier in 0..<pivot {
        let row = earlier &* count
        let weight = Double(factor[unchecked: row &+ pivot])
        for index in pivot..<count {
          column[unchecked: index] -= weight * Double(factor[unchecked: row &+ index])
        }
      }
      let square = column[unchecked: pivot] + least
      let inverse = 1 / (square > least ? square : least).squareRoot()
      column[unchecked: pivot] = square > least ? square : least
      let row = pivot &* count
      let normal = normals[unchecked: pivot]
      for index in pivot..<count {
        let entry = Float(inverse * column[unchecked: index])
        factor[unchecked: row &+ index] = entry
        targets[unchecked: index] += normal * entry
      }
    }
  }

  /// Writes the covariances of the values at input `pivot` and at it and the later ones.
  @inline(__always)
  private func fillCovariances(
    _ column: inout MutableSpan<Double>, of pivot: Int, _ count: Int, _ inputs: Span<Float>,
    _ variance: Double
  ) {
    let width = dimension
    let factor = -0.5 / (Double(lengthScale) * Double(lengthScale))
    for index in pivot..<count { column[unchecked: index] = 0 }
    for i in 0..<width {
      let own = Double(inputs[unchecked: pivot &* width &+ i])
      for index in pivot..<count {
        let difference = Double(inputs[unchecked: index &* width &+ i]) - own
        column[unchecked: index] += difference * difference
      }
    }
    for index in pivot..<count {
      column[unchecked: index] =
        variance * (factor * column[unchecked: index]).portableExponential
    }
  }
}
