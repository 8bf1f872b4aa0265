// Dimension key
//   R  rank      D  dimension

/// Orthonormal vectors that span what some vectors span.
struct OrthogonalBasis {
  let dimension: Int
  /// `[R, D]`
  private(set) var vectors: [Double] = []

  init(dimension: Int) { self.dimension = dimension }

  /// - Parameter rows: any number of vectors, `[_, D]`; those that depend on others add none.
  init(spanning rows: [Double], dimension: Int) {
    self.init(dimension: dimension)
    for start in stride(from: 0, to: rows.count, by: dimension) {
      insert(Array(rows[start..<start + dimension]))
    }
  }

  /// `R`
  var rank: Int { vectors.count / dimension }

  subscript(vector: Int, coordinate: Int) -> Double { vectors[vector * dimension + coordinate] }

  /// What of a vector is orthogonal to the basis.
  func remainder(of vector: [Double]) -> [Double] {
    var rest = vector
    // Once does not leave it orthogonal when little is left; twice is enough.
    for _ in 0..<2 {
      for row in 0..<rank {
        var product = 0.0
        for i in 0..<dimension { product += self[row, i] * rest[i] }
        for i in 0..<dimension { rest[i] -= product * self[row, i] }
      }
    }
    return rest
  }

  private mutating func insert(_ vector: [Double]) {
    let rest = remainder(of: vector)
    let square = rest.reduce(0) { $0 + $1 * $1 }
    guard square > 1e-20 * vector.reduce(0, { $0 + $1 * $1 }) else { return }
    let length = square.squareRoot()
    vectors += rest.map { $0 / length }
  }
}
