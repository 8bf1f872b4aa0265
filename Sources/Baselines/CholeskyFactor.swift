import CLAPACK

/// The lower triangular `L` with `L Lᵀ = A`, by LAPACK.
///
/// Row `i` depends on rows `0 ... i` of `A` only, to the last bit: a test holds it to that. LAPACK
/// runs on the calling thread; where BLAS has threads of its own, as OpenBLAS does, set
/// `OPENBLAS_NUM_THREADS=1`, because episodes already run side by side.
struct CholeskyFactor {
  private let count: Int
  /// Column by column, `[n, n]`; meaningful on and below the diagonal.
  private var elements: [Double]

  /// Factors a symmetric matrix.
  ///
  /// Rows from the first that is not positive definite, or no number, are no numbers.
  ///
  /// - Parameters:
  ///   - matrix: `[n, n]`, column by column; only what is on and below the diagonal is read.
  ///   - count: `n`, at least 1.
  /// - Complexity: O(n³)
  init(of matrix: consuming [Double], count: Int) {
    precondition(matrix.count == count * count, "A matrix to factor is square.")
    self.count = count
    elements = matrix
    // The variant that does not look for numbers that are none, which would refuse the whole matrix
    // for one row.
    let code = LAPACKE_dpotrf_work(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), Int32(count), &elements, Int32(count))
    precondition(code >= 0, "LAPACK refuses argument \(-code) of dpotrf.")
    guard code > 0 else { return }
    for row in Int(code) - 1..<count {
      for column in 0...row { elements[column * count + row] = .nan }
    }
  }

  subscript(row: Int, column: Int) -> Double { elements[column * count + row] }
}
