import Baselines
import Episodes
import Evaluation
import Models
import RandomKeys
import TaskFamilies
import Tensors
import Testing

@Suite("Probes of activations")
struct ProbeSurveyTests {
  private static let bootstrap = Bootstrap(resamples: 50)

  /// Episodes whose tasks are drawn apart from everything else, and whose last input is the task.
  private static func planted(_ count: Int) -> [Episode] {
    let shape = EpisodeShape(
      exampleCount: 4, inputDimension: 3, target: .real, latentCount: 3)
    return (0..<count).map { index in
      let key = RandomKey(seed: 21).folded(with: index)
      var episode = Episode(shape: shape)
      episode.latent = key.folded(with: 0).normals(3)
      episode.inputs = key.folded(with: 1).normals(9) + episode.latent
      episode.targets = key.folded(with: 2).normals(4)
      return episode
    }
  }

  @Test("Probes find what was planted, where it was planted, and nothing on the control task")
  func planted() throws {
    let episodes = Self.planted(400)
    let layout = PromptFormat.paired.layout(for: episodes[0].shape)
    let model = try InspectedModel.transformer(
      TransformerConfiguration(width: 12, layers: 1, heads: 2, expansion: 0), layout)
    let survey = try model.probes(
      on: episodes, weights: 0..<3, estimator: LeastSquares(), bootstrap: Self.bootstrap,
      key: RandomKey(seed: 3))
    #expect(survey.fitted == 240 && survey.choosing == 80 && survey.scored == 80)
    #expect(survey.estimator == "leastSquares")
    func score(_ length: Int, _ layers: Int) throws -> ProbeScore {
      try #require(
        survey.scores(of: .weights, .query).first {
          $0.site.contextLength == length && $0.layers == layers
        })
    }
    let found = try score(3, 0)
    // Features in single precision, and a penalty of a hundred-millionth.
    #expect(found.linear.value > 1 - 1e-9 && found.linear.low > 1 - 1e-9)
    // A hidden layer has to approximate the straight line from 240 tasks.
    #expect(found.network.value > 0.9)
    // Variance that nothing explains, up to what 80 tasks of three numbers show by chance.
    for control in [found.linearControl, found.networkControl] { #expect(control.value < 0.1) }
    // The query behind two examples shows another input.
    #expect(try score(2, 0).linear.value < 0.1)
    // The layer adds to the stream without taking away.
    #expect(try score(3, 1).linear.value > 0.9)
  }

  @Test("Moments, residuals and estimates are found where tokens hold them")
  func quantities() throws {
    // One example in one dimension: its token holds x and y, and so the moment x y is not linear in
    // it; y itself is the residual of a first example.
    let family = LinearRegression {
      $0.dimension = 1; $0.exampleCount = 2
    }
    let episodes = family.episodes(300, key: RandomKey(seed: 4))
    let layout = PromptFormat.paired.layout(for: family.episodeShape)
    let model = try InspectedModel.transformer(
      TransformerConfiguration(width: 8, layers: 1, heads: 1, expansion: 0), layout)
    let survey = try model.probes(
      on: episodes, weights: family.weights, estimator: LeastSquares(), bootstrap: Self.bootstrap,
      key: RandomKey(seed: 5))
    let first = { (quantity: ProbeQuantity) in
      try #require(
        survey.scores(of: quantity, .example).first {
          $0.site.contextLength == 1 && $0.layers == 0
        })
    }
    #expect(try first(.residual).linear.value > 1 - 1e-9)
    #expect(try first(.moment).linear.value < 0.3)
    #expect(try first(.moment).network.value > 0.6)
    // The weight is y / x exactly, and the estimate equals it.
    #expect(abs(try first(.weights).linear.value - first(.estimate).linear.value) < 1e-3)
  }

  @Test("Behind k layers of gradient descent, k steps can be read at the query and no more")
  func descent() throws {
    let family = LinearRegression {
      $0.dimension = 4; $0.exampleCount = 9
    }
    let layout = PromptFormat.query.layout(for: family.episodeShape)
    let weights = LinearAttentionWeights.gradientDescent(
      inputDimension: 4, learningRates: [0.5, 0.5, 0.5])
    let model = try InspectedModel.linear(weights, layout)
    let episodes = family.episodes(300, key: RandomKey(seed: 6))
    for steps in 1...3 {
      let survey = try model.probes(
        on: episodes, weights: family.weights,
        estimator: GradientDescent(stepCount: steps, learningRate: 0.5),
        bootstrap: Self.bootstrap, key: RandomKey(seed: 7))
      let scores = survey.scores(of: .prediction, .query)
      #expect(scores.map(\.layers) == [0, 1, 2, 3])
      for score in scores {
        // The query's target entry is minus the prediction: exact up to single precision.
        #expect(
          score.layers == steps ? score.linear.value > 1 - 1e-8 : score.linear.value < 0.999)
        #expect(score.linearControl.value < 0.1)
      }
      #expect(scores[0].linear.value < 0.1)
    }
  }

  @Test("In sequences, what was counted is looked for")
  func sequences() throws {
    let episodes = RandomSequences.episodes(200, length: 8, symbols: 3)
    let layout = PromptFormat.tokens.layout(for: episodes[0].shape)
    // Even attention to one-hot tokens is how often each was seen.
    let model = try InspectedModel.transformer(
      TransformerConfiguration(width: 16, layers: 1, heads: 1, expansion: 0), layout
    ) { name, _, elements in
      if name.contains("query") { elements.fill(0) }
    }
    let survey = try model.probes(
      on: episodes, weights: nil, estimator: LeastSquares(), bootstrap: Self.bootstrap,
      key: RandomKey(seed: 8))
    #expect(survey.estimator == nil)
    #expect(Set(survey.scores.map(\.quantity)) == [.frequencies, .transitions])
    let last = survey.scores(of: .frequencies, .query).filter { $0.site.contextLength == 8 }
    #expect(last.map(\.layers) == [0, 1])
    #expect(last[1].linear.value > 1 - 1e-6 && last[0].linear.value < 0.5)
  }
}
