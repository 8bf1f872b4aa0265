import RandomKeys

// Dimension key
//   R  rows      F  features      D  dimension of the image

/// A random linear map with independent entries from `N(0, 1/F)`.
struct RandomProjection {
  private let featureCount: Int
  private let dimension: Int
  /// `[D, F]`
  private let matrix: [Float]

  init(from featureCount: Int, to dimension: Int, key: RandomKey) {
    self.featureCount = featureCount
    self.dimension = dimension
    matrix = key.normals(
      dimension * featureCount, standardDeviation: 1 / Float(featureCount).squareRoot())
  }

  /// The images of chosen rows.
  ///
  /// - Parameters:
  ///   - values: `[R, F]`
  ///   - rows: the numbers of the rows, in the order of the result.
  /// - Returns: `[rows, D]`
  func applied(to values: [Float], rows: [Int]) -> [Float] {
    var images: [Float] = []
    images.reserveCapacity(rows.count * dimension)
    for row in rows {
      for output in 0..<dimension {
        var sum: Float = 0
        for feature in 0..<featureCount {
          sum += matrix[output * featureCount + feature] * values[row * featureCount + feature]
        }
        images.append(sum)
      }
    }
    return images
  }
}
