import Foundation

/// A symmetric positive definite system of equations, solved by Gaussian elimination.
struct LinearSystem {
  let solution: [Double]
  let logarithmOfDeterminant: Double

  /// - Parameters:
  ///   - matrix: `[n, n]`
  ///   - target: `[n]`
  init(_ matrix: [[Double]], _ target: [Double]) {
    var rows = zip(matrix, target).map { $0 + [$1] }
    for pivot in rows.indices {
      for row in rows.indices where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for i in rows[row].indices { rows[row][i] -= factor * rows[pivot][i] }
      }
    }
    solution = rows.enumerated().map { $1[rows.count] / $1[$0] }
    logarithmOfDeterminant = rows.enumerated().reduce(0) { $0 + log($1.element[$1.offset]) }
  }
}
