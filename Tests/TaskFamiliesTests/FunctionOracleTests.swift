import Baselines
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
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
      of: family.oracle, family.episodes(1000, key: RandomKey(seed: 61)), scale: 10)
    // Squares are not centred, so that the first examples tell the sum of the weights: squares have
    // mean 1 and variance 2, over √3, so that a third of the error lies in that one direction.
    #expect(abs(curve[0] - 1) < 0.2)
    // Two thirds of the error lie in directions that are met one by one, a tenth each.
    #expect(abs(curve[5] - 2.0 / 3 * 0.5) < 0.07)
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
    // Garg et al. 2022, figure 5, read off the plot to 0.03; four standard errors of 0.02.
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

  @Test("The best linear learners of networks and trees beat the others")
  func kernels() throws {
    let network = ReLUNetwork()
    let networks = network.episodes(40, key: RandomKey(seed: 68))
    let kernel = try errors(of: network.oracle, networks, scale: 20)
    let linear = try errors(of: LeastSquares(), networks, scale: 20)
    func tail(_ curve: [Double]) -> Double { curve[91...].reduce(0, +) / 10 }
    print("network", tail(kernel), tail(linear))
    let tree = DecisionTree()
    let trees = tree.episodes(200, key: RandomKey(seed: 69))
    print("tree", tail(try errors(of: tree.oracle, trees)))
    for learner in tree.baselines {
      print("tree", learner.name, tail(try errors(of: learner, trees)))
    }
  }
}
