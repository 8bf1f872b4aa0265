import Baselines
import Evaluation
import RandomKeys
import TaskFamilies
import Testing

@Suite("The search for a learner's setting")
struct LearnerSearchTests {
  private static let key = RandomKey(seed: 5)

  @Test("finds the penalty that is optimal for the noise, and names it")
  func ridge() throws {
    // The optimal penalty is the variance of the noise, 1, among powers of ten.
    let family = LinearRegression {
      $0.dimension = 4; $0.exampleCount = 12; $0.noise = 1
    }
    let found = try LearnerSearch.run(on: family, episodeCount: 400, key: Self.key)
    let ridge = try #require(found.first { $0.search.learner == "ridge" })
    #expect(ridge.search.best == "penalty 1.0")
    #expect(ridge.learner.name == "ridge penalty 1.0")
    let episodes = family.episodes(20, key: Self.key.folded(with: 1))
    #expect(
      try ridge.learner.predictions(for: episodes)
        == RidgeRegression(penalty: 1).predictions(for: episodes))
  }

  @Test("takes the greatest accuracy and the least error of all that it tried")
  func best() throws {
    let classes = PrototypeClassification(PrototypeSettings { $0.exampleCount = 10 })
    for family in [classes, LinearRegression { $0.dimension = 2 }] as [any TaskFamily] {
      var calls: [Int] = []
      let found = try LearnerSearch.run(on: family, episodeCount: 30, key: Self.key) {
        done, total in
        calls.append(done)
        #expect(done <= total)
      }
      #expect(found.count == 3 && calls == Array(1...calls.count))
      for (search, _) in found {
        let scores = search.trials.map(\.score)
        let best = search.metric == .accuracy ? scores.max() : scores.min()
        #expect(search.trials.first { $0.score == best }?.setting == search.best)
      }
    }
  }
}
