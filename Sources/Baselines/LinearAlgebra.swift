import CLAPACK

/// Exact solvers of LAPACK for small dense systems.
enum LinearAlgebra {
  /// Singular values below this share of the largest count as zero: far above rounding in double
  /// precision, far below the spread of random inputs.
  static let rankTolerance = 1e-12

  /// The vector `w` of least norm among those that minimise `|matrix · w - target|`.
  ///
  /// - Parameters:
  ///   - matrix: `[rows, columns]`, column by column; `rows` is at least 1.
  ///   - columns: at least 1.
  ///   - target: `[rows]`
  /// - Returns: `[columns]`
  /// - Throws: ``LinearAlgebraError`` if LAPACK reports one.
  /// - Complexity: O(rows · columns · min(rows, columns))
  static func leastSquares(
    matrix: [Double], columns: Int, target: [Double]
  ) throws(LinearAlgebraError) -> [Double] {
    let rows = target.count
    var matrix = matrix
    var solution = target + [Double](repeating: 0, count: max(0, columns - rows))
    var pivots = [Int32](repeating: 0, count: columns)
    var rank: Int32 = 0
    let code = LAPACKE_dgelsy(
      LAPACK_COL_MAJOR, Int32(rows), Int32(columns), 1, &matrix, Int32(rows),
      &solution, Int32(solution.count), &pivots, rankTolerance, &rank)
    guard code == 0 else { throw LinearAlgebraError(routine: "dgelsy", code: Int(code)) }
    return Array(solution.prefix(columns))
  }

  /// The solution of `matrix · w = target` for a symmetric positive definite matrix.
  ///
  /// - Parameters:
  ///   - matrix: `[n, n]`
  ///   - target: `[n]`
  /// - Returns: `[n]`
  /// - Throws: ``LinearAlgebraError`` if the matrix is not positive definite.
  /// - Complexity: O(n³)
  static func solve(
    positiveDefinite matrix: [Double], target: [Double]
  ) throws(LinearAlgebraError) -> [Double] {
    let count = Int32(target.count)
    var factor = matrix
    var solution = target
    let code = LAPACKE_dposv(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), count, 1, &factor, count, &solution, count)
    guard code == 0 else { throw LinearAlgebraError(routine: "dposv", code: Int(code)) }
    return solution
  }
}
