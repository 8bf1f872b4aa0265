import Baselines
import RandomKeys
import Testing

@Suite("Ridge regression of many targets")
struct RidgePathTests {
  private static let (count, dimension) = (60, 5)

  /// Rows with features of different sizes, one of which never changes.
  private static func features(_ count: Int, seed: UInt64) -> [Float] {
    let key = RandomKey(seed: seed)
    return (0..<count).flatMap { row in
      let numbers = key.folded(with: row).normals(dimension)
      return numbers.enumerated().map { $0 == 4 ? 7 : $1 * [1, 100, 0.01, 3, 0][$0] + 2 }
    }
  }

  private static func targets(_ features: [Float]) -> [Double] {
    stride(from: 0, to: features.count, by: dimension).flatMap { row -> [Double] in
      let x = features[row..<row + dimension].map(Double.init)
      return [3 + 2 * x[0] - 0.5 * x[1], 1 - 40 * x[2] + x[3]]
    }
  }

  @Test("What is linear is predicted for fresh rows")
  func exact() {
    let (fitted, asked) = (Self.features(Self.count, seed: 1), Self.features(20, seed: 2))
    let path = RidgePath(features: fitted, count: Self.count)
    let found = path.predictions(
      for: asked, fittedTo: Self.targets(fitted), penalties: [1e-12])[0]
    let expected = Self.targets(asked)
    // A penalty of 1e-12 for each row, on targets of size a hundred.
    for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-8) }
    #expect(found.count == expected.count)
  }

  @Test("Solutions meet the normal equations of their penalty", arguments: [1e-3, 0.1, 10])
  func normalEquations(penalty: Double) {
    // One feature of variance one and mean zero: the weight shrinks by 1 / (1 + penalty).
    let features: [Float] = [1, -1, 1, -1]
    let path = RidgePath(features: features, count: 4)
    let found = path.predictions(
      for: [1, 2], fittedTo: [5, 1, 5, 1], penalties: [penalty])[0]
    let weight = 2 / (1 + penalty)
    #expect(abs(found[0] - (3 + weight)) < 1e-12 && abs(found[1] - (3 + 2 * weight)) < 1e-12)
  }

  @Test("More features than rows leave something to choose, and the penalty chooses")
  func underdetermined() {
    let key = RandomKey(seed: 3)
    let features = key.folded(with: 0).normals(4 * 6)
    let targets = key.folded(with: 1).normals(4).map(Double.init)
    let path = RidgePath(features: features, count: 4)
    let predictions = path.predictions(
      for: features, fittedTo: targets, penalties: [1e-9, 1e6])
    // Fitted exactly, or not at all: then the mean is left.
    for (one, other) in zip(predictions[0], targets) { #expect(abs(one - other) < 1e-6) }
    let mean = targets.reduce(0, +) / 4
    for one in predictions[1] { #expect(abs(one - mean) < 1e-4) }
  }
}
