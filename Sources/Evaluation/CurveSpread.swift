// Dimension key
//   N  examples in an episode

/// How far the context curves of several runs lie apart, such as those of one experiment with
/// different seeds.
package struct CurveSpread: Codable, Equatable, Sendable {
  package let name: String
  /// The names of the curves.
  package let members: [String]
  /// `[N]`: over the runs, as all arrays here.
  package let mean: [Double]
  /// `[N]`: of one run, from the squares divided by the number of runs less one.
  package let standardDeviation: [Double]
  /// `[N]`
  package let least: [Double]
  /// `[N]`
  package let greatest: [Double]

  /// - Parameters:
  ///   - name: of the group.
  ///   - curves: at least two, by name and of one length.
  package init(_ name: String, of curves: [(name: String, curve: ContextCurve)]) {
    let values = curves.map(\.curve.mean)
    precondition(curves.count > 1 && Set(values.map(\.count)).count == 1, "A spread takes two.")
    let columns = values[0].indices.map { place in values.map { $0[place] } }
    let means = columns.map { $0.reduce(0, +) / Double($0.count) }
    self.name = name
    members = curves.map(\.name)
    mean = means
    standardDeviation = zip(columns, means).map { column, mean in
      let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(column.count - 1)).squareRoot()
    }
    least = columns.map { $0.min() ?? .nan }
    greatest = columns.map { $0.max() ?? .nan }
  }
}
