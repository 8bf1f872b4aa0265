import Baselines
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Families of functions: oracles")
struct FunctionOracleTests {
  /// Mean squared errors by the number of examples before, over `scale`.
  func errors(
    of learner: any InContextLearner, _ episodes: [Episode], scale: Double = 1
  ) throws -> [Double] {
    let count = episodes[0].shape.exampleCount
    let predictions = try learner.predictions(for: episodes)
    return (0..<count).map { example in
      episodes.indices.reduce(0.0) { sum, index in
        let error = Double(predictions[index * count + example] - episodes[index].targets[example])
        return sum + error * error
      } / Double(episodes.count) / scale
    }
  }

  @Test("Quadratic regression is solved after D examples, and half of it after D/2")
  func quadratic() throws {
    let family = QuadraticRegression()
    let curve = try errors(
      of: family.oracle, family.episodes(4000, key: RandomKey(seed: 61)), scale: 10)
    // What projections on the squares of five inputs leave, simulated apart: 0.382. Four standard
    // errors of squared errors with deviations of 1.1 in 4000 episodes.
    #expect(abs(curve[0] - 1) < 0.15 && abs(curve[5] - 0.382) < 0.07)
    // Rounding of features and targets, 6e-8, through condition numbers of some thousands.
    #expect(curve[12...].allSatisfy { $0 < 1e-6 })
    #expect(family.oracle.name == "leastSquaresOnSquares")
  }

  @Test("Fourier series are solved after 2 K + 1 examples")
  func fourier() throws {
    let family = FourierSeries {
      $0.frequencyCount = 3; $0.exampleCount = 16
    }
    let curve = try errors(
      of: family.oracle, family.episodes(1000, key: RandomKey(seed: 62)), scale: 4.0 / 3)
    #expect(abs(curve[0] - 1) < 0.2 && curve[3] > 0.2)
    // Rounding of features and targets, 6e-8, through condition numbers of some thousands.
    #expect(curve[9...].allSatisfy { $0 < 1e-6 })
  }

  @Test("Sinusoids are solved after two examples")
  func sinusoid() throws {
    let family = Sinusoid()
    let episodes = family.episodes(1000, key: RandomKey(seed: 63))
    let predictions = try family.oracle.predictions(for: episodes)
    var errors: [Double] = []
    for (index, episode) in episodes.enumerated() {
      errors.append(Double(abs(predictions[index * 11 + 10] - episode.targets[10])))
    }
    errors.sort()
    #expect(errors[999] < 1e-3 && errors[500] < 1e-5)
    // The median after two examples, as some pairs lie nearly a period apart.
    let second = episodes.indices.map { index in
      Double(abs(predictions[index * 11 + 2] - episodes[index].targets[2]))
    }.sorted()
    #expect(second[500] < 1e-5)
  }

  @Test("Bayesian regression on features has the noise as its floor, and is calibrated")
  func noisy() throws {
    let families: [any FunctionFamily] = [
      QuadraticRegression {
        $0.noise = 0.5; $0.exampleCount = 60
      },
      FourierSeries {
        $0.noise = 0.5; $0.frequencyCount = 3; $0.exampleCount = 60
      },
      GaussianProcess {
        $0.noise = 0.5; $0.exampleCount = 60; $0.inputScale = 2
      },
    ]
    for family in families {
      let episodes = family.episodes(400, key: RandomKey(seed: 64))
      let learner = try #require(family.oracle as? any ProbabilisticLearner)
      let scored = try learner.scoredPredictions(for: episodes)
      let curve = try errors(of: family.oracle, episodes)
      // Noise of variance 0.25, and at most a quarter of that for what is not known yet.
      let tail = curve[50...].reduce(0, +) / 10
      #expect(tail > 0.23 && tail < 0.33)
      // Of a calibrated normal prediction -2 ln p - ln(2 π v) is 1 in the mean; v ≈ tail.
      let likelihoods = scored.logLikelihoods.enumerated().filter { $0.offset % 60 >= 50 }
      let mean = likelihoods.reduce(0) { $0 + $1.element } / Double(likelihoods.count)
      #expect(abs(mean + 0.5 * (1 + log(2 * .pi) + log(tail))) < 0.03)
    }
  }

  @Test("Lasso has the published errors on sparse weights")
  func lasso() throws {
    let family = SparseLinearRegression()
    let curve = try errors(
      of: family.oracle, family.episodes(1000, key: RandomKey(seed: 65)), scale: 3)
    // Garg et al. 2022, read off a plot to 0.03, and four standard errors of about 0.02.
    #expect(abs(curve[5] - 0.62) < 0.1 && abs(curve[10] - 0.08) < 0.06)
    #expect(curve[40] < 1e-3)
  }

  @Test("Lasso finds the monomials well before there are as many examples as monomials")
  func monomials() throws {
    let family = MonomialRegression {
      $0.dimension = 6; $0.monomialCount = 3; $0.exampleCount = 22
    }
    let episodes = family.episodes(500, key: RandomKey(seed: 66))
    let curve = try errors(of: family.oracle, episodes)
    let plain = FeatureLearner(LeastSquares(), on: "Monomials") { family.features(of: $0) }
    let plainCurve = try errors(of: plain, episodes)
    #expect(curve[18] < 0.3 * plainCurve[18] && curve[21] < 0.1)
  }

  @Test("A Gaussian process leaves its posterior variance")
  func process() throws {
    let family = GaussianProcess {
      $0.exampleCount = 3; $0.inputScale = 1
    }
    let episodes = family.episodes(4000, key: RandomKey(seed: 67))
    let curve = try errors(of: family.oracle, episodes)
    // After one example the variance 1 - exp(-(x - x')²), of which the mean is taken.
    let expected =
      episodes.reduce(0.0) {
        let difference = Double($1.inputs[1] - $1.inputs[0])
        return $0 + 1 - exp(-difference * difference)
      } / 4000
    #expect(abs(curve[0] - 1) < 4 * (2.0 / 4000).squareRoot())
    // A squared error has at most the variance 2 E v² ≤ 2 E v.
    #expect(abs(curve[1] - expected) < 4 * (2 * expected / 4000).squareRoot())
    #expect(curve[2] < curve[1])
  }

  @Test("The best linear learners of networks, trees and processes leave what they say they leave")
  func kernels() throws {
    // The mean of the last ten normalised errors, and its bounds.
    let families: [(family: any FunctionFamily, scale: Double, tail: ClosedRange<Double>)] = [
      // Garg et al. 2022 report 0.17 of a trained network and of their model.
      (ReLUNetwork(), 20, 0.14...0.19),
      // Garg et al. 2022 report 0.62 of boosted trees, 0.80 of a greedy one.
      (DecisionTree(), 1, 0.54...0.68),
      (GaussianProcess { $0.noise = 0.3 }, 1.09, 0.08...0.25),
    ]
    for (family, scale, tail) in families {
      let learner = try #require(family.oracle as? any GaussianLearner)
      let episodes = family.episodes(100, key: RandomKey(seed: 68))
      let count = family.episodeShape.exampleCount
      let curve = try errors(of: learner, episodes, scale: scale)
      #expect(tail.contains(curve[(count - 10)...].reduce(0, +) / 10))
      // The covariances are exact, so that predicted variances are those of the errors.
      let ratios = try episodes.map { episode in
        let predictions = try learner.predictiveDistributions(of: episode)
        let sums = predictions.enumerated().reduce((0.0, 0.0)) { sums, next in
          let error = Double(episode.targets[next.offset]) - next.element.mean
          return (sums.0 + error * error, sums.1 + next.element.variance)
        }
        return sums.0 / sums.1
      }
      let sample = Sample(ratios)
      // Four standard errors of a hundred episodes.
      #expect(abs(sample.mean - 1) < 4 * sample.standardError)
    }
  }

  @Test("Of a pool without noise the oracle knows the task as soon as an example tells")
  func pools() throws {
    let families: [any FunctionFamily] = [
      LinearRegression(), SparseLinearRegression(), QuadraticRegression(),
      MonomialRegression {
        $0.dimension = 4; $0.exampleCount = 12
      }, Sinusoid(), FourierSeries(),
      ReLUNetwork { $0.exampleCount = 12 }, GaussianProcess { $0.exampleCount = 12 },
    ]
    for family in families {
      func errors<Family: FunctionFamily>(_ family: Family) throws -> [Double] {
        let pool = Pool(of: family) { $0.taskCount = 20 }
        // The oracle has to take the factor into account.
        let scaled = ScaledWeights(of: pool) { $0.factor = 0.5 }
        let made = try scaled.makeFamily()
        return try self.errors(of: made.oracle, made.episodes(200, key: RandomKey(seed: 70)))
      }
      let curve = try errors(family)
      #expect(curve[0] > 0.1)
      // Rounding of features that are computed apart from targets.
      #expect(curve[8...].allSatisfy { $0 < 1e-8 * curve[0] })
    }
  }

  @Test("Tasks of a pool of trees are told apart by some examples")
  func treePool() throws {
    let pool = Pool(of: DecisionTree { $0.noise = 0.5 }) { $0.taskCount = 8 }
    let family = try pool.makeFamily()
    let episodes = family.episodes(100, key: RandomKey(seed: 71))
    let curve = try errors(of: family.oracle, episodes)
    // The noise, 0.25, with four standard errors √(2 / 5000) of 50 examples in 100 episodes.
    let tail: Double = curve[51...].reduce(0, +) / 50
    #expect(abs(tail - 0.25) < 0.02)
  }
}
