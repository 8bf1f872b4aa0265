import RandomKeys
import RealModule

// Dimension key
//   R  rows      F  features      D  dimension of the image

/// A random linear map of features of unit variance to `D` numbers of unit variance.
///
/// An entry is `sᵢ aᵢⱼ` with `aᵢⱼ ~ N(0, 1)` and scales `sᵢ` of the features, `log sᵢ ~ N(0, 0.7²)`
/// before their squares are made to sum to
/// one. Equal scales would be entries from `N(0, 1/F)`: such maps nearly keep all distances, so
/// that one is much like the other. Unequal ones
/// stress some features above others, which gives a choice among maps something to choose.
struct RandomProjection {
  private static let logScaleDeviation: Float = 0.7

  private let featureCount: Int
  private let dimension: Int
  /// `[D, F]`
  private let matrix: [Float]

  init(from featureCount: Int, to dimension: Int, key: RandomKey) {
    self.featureCount = featureCount
    self.dimension = dimension
    let scales = key.folded(with: 0)
      .normals(featureCount, standardDeviation: Self.logScaleDeviation).map { Float.exp($0) }
    let norm = scales.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let entries = key.folded(with: 1).normals(dimension * featureCount)
    matrix = entries.enumerated().map { $1 * scales[$0 % featureCount] / norm }
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
