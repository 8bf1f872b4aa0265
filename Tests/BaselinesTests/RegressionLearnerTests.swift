import Baselines
import Episodes
import RandomKeys
import Testing

@Suite("Regression learners on single episodes")
struct RegressionLearnerTests {
  @Test("Least squares solves a system of whole numbers")
  func leastSquaresIsExact() throws {
    // Whole numbers below 2²⁴ are exact in single precision, so nothing but the solver can err.
    let weights: [Float] = [3, -7, 11, 5]
    var episode = Episode(
      shape: EpisodeShape(exampleCount: 12, inputDimension: 4, target: .real))
    episode.inputs = RandomKey(seed: 4).integers(48, below: 17).map { Float($0 - 8) }
    for example in 0..<12 {
      for i in 0..<4 { episode.targets[example] += weights[i] * episode.inputs[example * 4 + i] }
    }
    let predictions = try LeastSquares().predictions(for: [episode])
    for example in 4..<12 {
      // Rounding in double precision through a condition number below 10⁴.
      #expect(abs(predictions[example] - episode.targets[example]) < 1e-5)
    }
  }

  @Test("Least squares takes the shortest of many solutions, also where inputs repeat")
  func minimumNorm() throws {
    let episode = Episode(inputs: [3, 4, 3, 4, 6, 8, 1, 0], targets: [10, 10, 20, 0], of: .real)
    let predictions = try LeastSquares().predictions(for: [episode])
    // w = 10 (3, 4) / 25 after any of the three; the predictions round once.
    #expect(predictions[0] == 0)
    for (prediction, expected) in zip(predictions.dropFirst(), [10, 20, 1.2] as [Float]) {
      #expect(abs(prediction - expected) < 1e-5)
    }
  }

  @Test("Every context is solved as by elimination", arguments: [0, 0.3])
  func everyContext(_ penalty: Double) throws {
    let dimension = 4
    for episode in SampledRegression(dimension: dimension, exampleCount: 9, noise: 0.5).episodes(20)
    {
      let predictions =
        try penalty > 0
        ? RidgeRegression(penalty: penalty).predictions(for: [episode])
        : LeastSquares().predictions(for: [episode])
      let inputs = (0..<9).map { example in
        episode.inputs[example * dimension..<(example + 1) * dimension].map(Double.init)
      }
      for k in 1..<9 {
        // `x · Xᵀ (X Xᵀ + penalty)⁻¹ y`, or `x · (Xᵀ X + penalty)⁻¹ Xᵀ y`: the smaller system.
        let context = inputs.prefix(k)
        let targets = episode.targets.prefix(k).map(Double.init)
        let rows = k <= dimension ? Array(context) : transposed(Array(context))
        var system = rows.map { row in rows.map { product(row, $0) } }
        for i in system.indices { system[i][i] += penalty }
        let prediction =
          k <= dimension
          ? product(solve(system, targets), context.map { product($0, inputs[k]) })
          : product(solve(system, rows.map { product($0, targets) }), inputs[k])
        // Double precision through the squared condition number, then one single-precision rounding.
        #expect(abs(Double(predictions[k]) - prediction) < 1e-6 * max(1, abs(prediction)))
      }
    }
  }

  private func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func transposed(_ rows: [[Double]]) -> [[Double]] {
    rows[0].indices.map { column in rows.map { $0[column] } }
  }

  /// Gaussian elimination of a symmetric positive definite system.
  private func solve(_ matrix: [[Double]], _ target: [Double]) -> [Double] {
    var rows = zip(matrix, target).map { $0 + [$1] }
    for pivot in rows.indices {
      for row in rows.indices where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for i in rows[row].indices { rows[row][i] -= factor * rows[pivot][i] }
      }
    }
    return rows.enumerated().map { $1[rows.count] / $1[$0] }
  }

  @Test("Ridge and averaging in one dimension agree with their formulas")
  func formulas() throws {
    let episode = SampledRegression(dimension: 1, exampleCount: 9, noise: 1).episodes(1)[0]
    let ridge = try RidgeRegression(penalty: 0.7).predictions(for: [episode])
    let averaging = try Averaging().predictions(for: [episode])
    for k in 0..<9 {
      let inputs = episode.inputs.prefix(k).map(Double.init)
      let targets = episode.targets.prefix(k).map(Double.init)
      let products = zip(inputs, targets).reduce(0) { $0 + $1.0 * $1.1 }
      let squares = inputs.reduce(0.7) { $0 + $1 * $1 }
      let query = Double(episode.inputs[k])
      // Single-precision rounding of numbers of order one.
      #expect(abs(Double(ridge[k]) - products / squares * query) < 1e-6)
      #expect(abs(Double(averaging[k]) - products / Double(max(1, k)) * query) < 1e-6)
    }
  }

  @Test("The mean target is that of the examples so far")
  func meanTarget() throws {
    var episode = Episode(shape: EpisodeShape(exampleCount: 4, inputDimension: 1, target: .real))
    episode.targets = [3, 5, 10, 0]
    #expect(try MeanTarget().predictions(for: [episode]) == [0, 3, 4, 6])
  }

  @Test("Neighbours are the nearest, and all while there are fewer")
  func neighbors() throws {
    let episode = Episode(inputs: [0, 10, 1, 2, 1.9], targets: [6, 100, 2, 4, 0], of: .real)
    #expect(try NearestNeighbors(2).predictions(for: [episode]) == [0, 6, 53, 4, 3])
  }
}
