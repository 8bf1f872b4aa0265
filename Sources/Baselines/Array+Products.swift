// Dimension key
//   D  rows and columns

/// Products with vectors and with square matrices, `[D, D]`, row by row.
extension [Double] {
  /// `matrix · vector` of `self` as a matrix, `[D]`.
  func product(vector: [Double]) -> [Double] {
    let dimension = vector.count
    precondition(count == dimension * dimension, "A square matrix meets a vector of its size.")
    return vector.indices.map { row in
      var sum = 0.0
      for column in 0..<dimension { sum += self[row * dimension + column] * vector[column] }
      return sum
    }
  }

  /// `self · other` of two matrices with `dimension` rows and columns.
  func product(matrix other: [Double], dimension: Int) -> [Double] {
    precondition(
      count == dimension * dimension && other.count == count, "Two square matrices of one size.")
    var product = [Double](repeating: 0, count: count)
    for row in 0..<dimension {
      for middle in 0..<dimension {
        let factor = self[row * dimension + middle]
        for column in 0..<dimension {
          product[row * dimension + column] += factor * other[middle * dimension + column]
        }
      }
    }
    return product
  }

  /// The sum of the products with the numbers of another vector.
  func product(with other: [Double]) -> Double {
    zip(self, other).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
