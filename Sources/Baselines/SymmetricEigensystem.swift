import CLAPACK

// Dimension key
//   n  rows and columns

/// The eigenvalues and eigenvectors of a symmetric matrix, by LAPACK.
struct SymmetricEigensystem {
  /// Ascending, `[n]`.
  let values: [Double]
  /// Of length one and orthogonal, a row for each value, `[n, n]`.
  let vectors: [Double]

  /// - Parameters:
  ///   - matrix: `[n, n]`, of finite numbers.
  ///   - count: `n`, at least 1.
  /// - Complexity: O(n³)
  init(of matrix: [Double], count: Int) {
    precondition(matrix.count == count * count, "A matrix with eigenvalues is square.")
    var vectors = matrix
    var values = [Double](repeating: 0, count: count)
    let code = LAPACKE_dsyev(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(count),
      &vectors, Int32(count), &values)
    precondition(code == 0, "LAPACK finds no eigenvalues of the matrix: dsyev returns \(code).")
    self.values = values
    self.vectors = vectors
  }
}
