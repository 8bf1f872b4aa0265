import Baselines
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Linear regression")
struct LinearRegressionTests {
  let key = RandomKey(seed: 21)

  func episodes(_ family: any TaskFamily, _ count: Int) -> [Episode] {
    (0..<count).map { family.episode(key.folded(with: $0)) }
  }

  @Test("Without noise a target is the weighted sum of its input")
  func targets() {
    let family = LinearRegression {
      $0.dimension = 7; $0.exampleCount = 13
    }
    for episode in episodes(family, 50) {
      for example in 0..<13 {
        let sum = (0..<7).reduce(0.0) {
          $0 + Double(episode.latent[$1]) * Double(episode.inputs[example * 7 + $1])
        }
        #expect(episode.targets[example] == Float(sum))
      }
    }
  }

  @Test("Weights, inputs and noise have their moments")
  func moments() {
    let family = LinearRegression {
      $0.dimension = 4
      $0.exampleCount = 10
      $0.noise = 0.5
      $0.inputScale = 3
    }
    let episodes = episodes(family, 10_000)
    // Relative standard errors √(2/n): 40000 weights, 400000 inputs, 100000 residuals; four each.
    #expect(abs(episodes.flatMap(\.latent).meanSquare - 1) < 0.0283)
    #expect(abs(episodes.flatMap(\.inputs).meanSquare / 9 - 1) < 0.009)
    let residuals = episodes.flatMap { episode in
      (0..<10).map { example in
        (0..<4).reduce(Double(episode.targets[example])) {
          $0 - Double(episode.latent[$1]) * Double(episode.inputs[example * 4 + $1])
        }
      }
    }
    #expect(abs(residuals.meanSquare / 0.25 - 1) < 0.0179)
    let mean = residuals.reduce(0, +) / Double(residuals.count)
    #expect(abs(mean) < 4 * 0.5 / 100_000.0.squareRoot())
    // Weights are independent of inputs: E w₀ x₀ = 0 with standard deviation 3.
    let product = episodes.reduce(0.0) { $0 + Double($1.latent[0] * $1.inputs[0]) } / 10_000
    #expect(abs(product) < 4 * 3 / 100)
  }

  @Test(
    "A pool has its number of tasks, each met equally often, with examples of the episode's own")
  func pool() throws {
    func pool(_ taskCount: Int, seed: Int = 0) throws -> any TaskFamily {
      let family = LinearRegression {
        $0.dimension = 3
        $0.exampleCount = 4
      }
      let pool = Pool(of: family) {
        $0.taskCount = taskCount
        $0.seed = seed
      }
      return try pool.makeFamily()
    }
    let family = try pool(5)
    let episodes = episodes(family, 5000)
    var counts: [[Float]: Int] = [:]
    for episode in episodes { counts[episode.latent, default: 0] += 1 }
    #expect(counts.count == 5)
    // 1000 expected of each; standard error √(1000 · 4/5) = 28.
    for count in counts.values { #expect(abs(count - 1000) < 113) }
    #expect(Set(episodes.map(\.inputs)).count == 5000)

    let doubled = try pool(10)
    let tasks = Set(self.episodes(doubled, 1000).map(\.latent))
    #expect(tasks.count == 10 && tasks.isSuperset(of: counts.keys))
    let other = try pool(10, seed: 1)
    #expect(Set(self.episodes(other, 1000).map(\.latent)).isDisjoint(with: tasks))
  }

  @Test("The oracle is least squares without noise, and ridge with its variance as penalty")
  func oracle() {
    let exact = LinearRegression()
    #expect(exact.oracle is LeastSquares)
    let noisy = LinearRegression { $0.noise = 0.5 }
    #expect((noisy.oracle as? BayesianLinearRegression)?.noiseVariance == 0.25)
    #expect(exact.learners.contains { $0.name == exact.oracle.name })
    #expect(noisy.learners.contains { $0.name == noisy.oracle.name })
  }
}
