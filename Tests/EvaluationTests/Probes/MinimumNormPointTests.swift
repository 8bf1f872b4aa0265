import Evaluation
import RandomKeys
import Testing

@Suite("The point of smallest norm in a polytope")
struct MinimumNormPointTests {
  private static func product(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func point(of points: [[Double]]) -> MinimumNormPoint {
    let products = points.flatMap { row in points.map { product(row, $0) } }
    return MinimumNormPoint(products: products, count: points.count)
  }

  @Test("It lies on the right face")
  func faces() {
    // On an edge, at a corner, and inside.
    let edge = Self.point(of: [[1, 1], [1, -3], [5, 0]])
    // Rounding, here and below.
    #expect(zip(edge.weights, [0.75, 0.25, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(edge.squaredNorm - 1) < 1e-12)
    #expect(Self.point(of: [[1, 0], [2, 1], [2, -1]]).weights == [1, 0, 0])
    let inside = Self.point(of: [[1, 0], [-1, 1], [-1, -1], [7, 7]])
    #expect(inside.squaredNorm < 1e-30)
    #expect(zip(inside.weights, [0.5, 0.25, 0.25, 0]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("No point promises an improvement", arguments: [2, 5, 12, 30])
  func optimality(_ count: Int) {
    for seed in 0..<20 {
      let key = RandomKey(seed: 3).folded(with: count).folded(with: seed)
      let numbers = key.normals(count * 6).map { Double($0) }
      // Off the origin, so that it is mostly outside of the polytope.
      let points = (0..<count).map { row -> [Double] in
        var point = Array(numbers[row * 6..<row * 6 + 6])
        point[0] += 1.5
        return point
      }
      let found = Self.point(of: points)
      #expect(found.weights.allSatisfy { $0 >= 0 })
      #expect(abs(found.weights.reduce(0, +) - 1) < 1e-12)
      let nearest = (0..<6).map { axis in Self.product(found.weights, points.map { $0[axis] }) }
      let square = Self.product(nearest, nearest)
      #expect(abs(square - found.squaredNorm) < 1e-12)
      // The condition of Wolfe's theorem, but for rounding of numbers of order ten.
      #expect(points.allSatisfy { Self.product($0, nearest) > square - 1e-10 })
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
