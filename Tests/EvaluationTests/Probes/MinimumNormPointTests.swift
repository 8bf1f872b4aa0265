import Evaluation
import RandomKeys
import Testing

@Suite("The point of smallest norm in a polytope")
struct MinimumNormPointTests {
  /// Products of points with each other, `[L, L]`.
  private static func products(_ points: [[Double]]) -> [Double] {
    points.flatMap { row in points.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } }
  }

  private static func point(of points: [[Double]]) -> MinimumNormPoint {
    MinimumNormPoint(products: products(points), count: points.count)
  }

  @Test("It lies on the right face")
  func faces() {
    // On an edge, at a corner, and inside.
    let edge = Self.point(of: [[1, 1], [1, -3], [5, 0]])
    #expect(edge.weights == [0.75, 0.25, 0] && abs(edge.squaredNorm - 1) < 1e-15)
    #expect(Self.point(of: [[1, 0], [2, 1], [2, -1]]).weights == [1, 0, 0])
    let inside = Self.point(of: [[1, 0], [-1, 1], [-1, -1], [7, 7]])
    #expect(inside.squaredNorm < 1e-30)
    // Rounding.
    #expect(zip(inside.weights, [0.5, 0.25, 0.25, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("No point promises an improvement", arguments: [2, 5, 12, 30])
  func optimality(_ count: Int) {
    for seed in 0..<20 {
      let key = RandomKey(seed: 3).folded(with: count).folded(with: seed)
      let numbers = key.normals(count * 6).map { Double($0) }
      // Off the origin, so that it is mostly outside of the polytope.
      let points = (0..<count).map { row in
        [numbers[row * 6] + 1.5] + numbers[row * 6 + 1..<row * 6 + 6]
      }
      let found = Self.point(of: points)
      #expect(found.weights.allSatisfy { $0 >= 0 })
      #expect(abs(found.weights.reduce(0, +) - 1) < 1e-12)
      let nearest = (0..<6).map { axis in
        zip(found.weights, points).reduce(0) { $0 + $1.0 * $1.1[axis] }
      }
      let square = nearest.reduce(0) { $0 + $1 * $1 }
      #expect(abs(square - found.squaredNorm) < 1e-12)
      for point in points {
        // The condition of Wolfe's theorem, but for rounding of numbers of order ten.
        #expect(zip(point, nearest).reduce(0) { $0 + $1.0 * $1.1 } > square - 1e-10)
      }
    }
  }

  @Test("Points that coincide, or depend on each other, do no harm")
  func dependence() {
    let points: [[Double]] = [[1, 1], [1, 1], [1, -1], [1, -1], [1, 0], [3, 1]]
    let found = Self.point(of: points)
    #expect(abs(found.squaredNorm - 1) < 1e-12)
    #expect(abs(found.weights.reduce(0, +) - 1) < 1e-12)
    #expect(Self.point(of: [[0, 0], [0, 0]]).squaredNorm == 0)
    // Two learners that differ by rounding.
    let near = Self.point(of: [[2, 1], [2, 1 + 1e-9], [2, -1]])
    #expect(abs(near.squaredNorm - 4) < 1e-8)
  }
}
