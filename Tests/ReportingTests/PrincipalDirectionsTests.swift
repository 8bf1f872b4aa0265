import Reporting
import Testing

@Suite("Principal directions")
struct PrincipalDirectionsTests {
  @Test("The axes of a cross, longest first, about its centre")
  func cross() {
    // Arms of 3 along (0.6, 0.8, 0), of 2 along (-0.8, 0.6, 0) and of 1 along the third axis, about
    // (5, -1, 2).
    let arms: [(Float, [Float])] = [(3, [0.6, 0.8, 0]), (2, [-0.8, 0.6, 0]), (1, [0, 0, 1])]
    let centre: [Float] = [5, -1, 2]
    let points = arms.flatMap { length, axis in
      [length, -length].flatMap { factor in
        (0..<3).map { centre[$0] + factor * axis[$0] }
      }
    }
    let principal = PrincipalDirections(points, dimension: 3)
    // Points are single precision: 1e-6 of their size.
    #expect(Self.distance(principal.mean, [5, -1, 2]) < 1e-5)
    #expect(Self.distance(principal.directions[0], [0.6, 0.8, 0]) < 1e-5)
    #expect(Self.distance(principal.directions[1], [0.8, -0.6, 0]) < 1e-5, "Its sign is fixed.")
    let place = principal.place(of: points[0..<3])
    #expect(abs(place.first - 3) < 1e-5 && abs(place.second) < 1e-5)
  }

  @Test("Points that vary in no or in one direction have no further ones")
  func degenerate() {
    let still = PrincipalDirections([1, 2, 1, 2], dimension: 2)
    #expect(still.directions == [[0, 0], [0, 0]])
    let line = PrincipalDirections([0, 0, 0, 1, 0, 2], dimension: 2)
    #expect(line.directions == [[0, 1], [0, 0]])
  }

  private static func distance(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).map { ($0 - $1).magnitude }.max() ?? 0
  }
}
