import RandomKeys

// Dimension key
//   N  inputs      D  dimension of an input

/// A symmetric linear map with random eigenvectors: `Q Λ Qᵀ`.
struct InputMap: Sendable {
  static let largestDimension = 1024

  private let dimension: Int
  /// `[D, D]`
  private let matrix: [Float]

  /// - Parameters:
  ///   - factors: `[D]`, the diagonal of `Λ`.
  ///   - key: names `Q`, uniform among orthogonal matrices.
  /// - Complexity: O(D³)
  init(factors: [Double], key: RandomKey) {
    let dimension = factors.count
    precondition(dimension <= Self.largestDimension, "A row of the map fits the stack.")
    let directions = OrthogonalBasis(
      spanning: key.normals(dimension * dimension).map(Double.init), dimension: dimension)
    var matrix = [Float](repeating: 0, count: dimension * dimension)
    for row in 0..<dimension {
      for column in 0...row {
        var sum = 0.0
        for i in 0..<dimension {
          sum += factors[i] * directions[i, row] * directions[i, column]
        }
        matrix[row * dimension + column] = Float(sum)
        matrix[column * dimension + row] = Float(sum)
      }
    }
    self.dimension = dimension
    self.matrix = matrix
  }

  /// Replaces each of the inputs, `[N, D]`, by its image.
  func apply(to inputs: inout [Float]) {
    let matrix = matrix.span
    var span = inputs.mutableSpan
    var image = InlineArray<1024, Float>(repeating: 0)
    var images = image.mutableSpan
    let (width, count) = (dimension, span.count)
    precondition(count % width == 0 && matrix.count == width * width, "Whole inputs are mapped.")
    for start in stride(from: 0, to: count, by: width) {
      for i in 0..<width { images[i] = 0 }
      for k in 0..<width {
        let number = span[unchecked: start &+ k]
        let row = k &* width
        // In bounds by the precondition; the matrix is symmetric.
        for i in 0..<width {
          images[unchecked: i] += number * matrix[unchecked: row &+ i]
        }
      }
      for i in 0..<width { span[start + i] = images[i] }
    }
  }
}
