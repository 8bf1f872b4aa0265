// Dimension key
//   N  points      D  dimension of a point

/// The two orthogonal directions in which points vary most.
///
/// The leading eigenvectors of the covariance, each found by power iteration on the centred points
/// with the one before it taken out, so that no matrix is formed.
package struct PrincipalDirections: Equatable, Sendable {
  /// `[D]`, the mean of the points.
  package let mean: [Double]
  /// `[2][D]`, of length one, or zero where points vary in fewer directions. The sign is such that
  /// the largest coordinate is positive.
  package let directions: [[Double]]

  /// - Parameters:
  ///   - points: `[N, D]`, at least one.
  ///   - dimension: `D`
  /// - Complexity: O(N·D) for each of at most 500 iterations; these end sooner unless the
  ///   variances along directions nearly agree, and then any of them serves.
  package init(_ points: [Float], dimension: Int) {
    precondition(
      dimension > 0 && !points.isEmpty && points.count % dimension == 0, "Points are [N, D].")
    let count = points.count / dimension
    var mean = [Double](repeating: 0, count: dimension)
    for (index, coordinate) in points.enumerated() {
      mean[index % dimension] += Double(coordinate) / Double(count)
    }
    let centred = points.indices.map { Double(points[$0]) - mean[$0 % dimension] }
    var directions: [[Double]] = []
    for _ in 0..<2 {
      directions.append(Self.leading(centred, dimension: dimension, apartFrom: directions))
    }
    self.mean = mean
    self.directions = directions
  }

  /// The coordinates of a point along the directions.
  ///
  /// - Parameter point: `[D]`
  package func place(of point: some Sequence<Float>) -> (first: Double, second: Double) {
    var (first, second) = (0.0, 0.0)
    for (index, coordinate) in point.enumerated() {
      let distance = Double(coordinate) - mean[index]
      first += distance * directions[0][index]
      second += distance * directions[1][index]
    }
    return (first, second)
  }

  private static func leading(
    _ points: [Double], dimension: Int, apartFrom others: [[Double]]
  ) -> [Double] {
    // From the farthest point, which lies in the space of the points.
    var direction = farthest(points, dimension: dimension, apartFrom: others)
    guard normalize(&direction) > 1e-12 else { return [Double](repeating: 0, count: dimension) }
    for _ in 0..<500 {
      var next = [Double](repeating: 0, count: dimension)
      for start in stride(from: 0, to: points.count, by: dimension) {
        var product = 0.0
        for i in 0..<dimension { product += points[start + i] * direction[i] }
        for i in 0..<dimension { next[i] += points[start + i] * product }
      }
      remove(others, from: &next)
      guard normalize(&next) > 0 else { break }
      let change = zip(next, direction).map { ($0 - $1).magnitude }.max() ?? 0
      direction = next
      if change < 1e-9 { break }
    }
    let largest = direction.max { $0.magnitude < $1.magnitude } ?? 0
    return largest < 0 ? direction.map { -$0 } : direction
  }

  private static func farthest(
    _ points: [Double], dimension: Int, apartFrom others: [[Double]]
  ) -> [Double] {
    var farthest = [Double](repeating: 0, count: dimension)
    var distance = 0.0
    for start in stride(from: 0, to: points.count, by: dimension) {
      var point = Array(points[start..<start + dimension])
      remove(others, from: &point)
      let square = point.reduce(0) { $0 + $1 * $1 }
      if square > distance { (farthest, distance) = (point, square) }
    }
    return farthest
  }

  private static func remove(_ directions: [[Double]], from vector: inout [Double]) {
    for direction in directions {
      let product = zip(direction, vector).reduce(0) { $0 + $1.0 * $1.1 }
      for i in vector.indices { vector[i] -= product * direction[i] }
    }
  }

  /// Scales a vector to length one unless it is zero, and returns the length that it had.
  private static func normalize(_ vector: inout [Double]) -> Double {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return 0 }
    for i in vector.indices { vector[i] /= length }
    return length
  }
}
