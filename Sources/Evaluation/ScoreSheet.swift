import Episodes
import RandomKeys
import RealModule

// Dimension key
//   E  episodes      N  examples in an episode      L  learners      M  metrics of a prediction
//   C  width of a prediction

/// The scores of every learner at every position of every episode.
struct ScoreSheet {
  private let shape: EpisodeShape
  private let learners: [String]
  private let metrics: [EvaluationMetric]
  private let episodeCount: Int
  /// `[E, L, M, N]`
  private var scores: [Float]
  private var targetSquares: Double = 0

  init(shape: EpisodeShape, learners: [String], episodeCount: Int) {
    self.shape = shape
    self.learners = learners
    self.episodeCount = episodeCount
    metrics =
      switch shape.target {
      case .real: [.normalizedSquaredError]
      case .classes, .tokens: [.accuracy, .logProbability]
      }
    let width = learners.count * metrics.count * shape.exampleCount
    scores = [Float](repeating: 0, count: episodeCount * width)
  }

  /// Scores what learner number `learner` predicts.
  ///
  /// - Parameters:
  ///   - predictions: `[block, N, C]`
  ///   - episodes: `[block]`
  ///   - first: the number of the first of these episodes.
  /// - Throws: ``EvaluationError/nonFinitePrediction(learner:episode:contextLength:)``.
  mutating func record(
    _ predictions: [Float], of learner: Int, on episodes: [Episode], from first: Int
  ) throws(EvaluationError) {
    let count = shape.exampleCount
    let width = shape.target.width
    precondition(
      predictions.count == episodes.count * count * width, "A prediction of each target.")
    for (offset, episode) in episodes.enumerated() {
      precondition(episode.shape == shape, "Evaluated episodes have one shape.")
      for example in 0..<count {
        let start = (offset * count + example) * width
        let prediction = predictions[start..<start + width]
        guard let score = Self.score(prediction, truth: episode.targets[example], shape.target)
        else {
          throw .nonFinitePrediction(
            learner: learners[learner], episode: first + offset, contextLength: example)
        }
        for (metric, value) in score.enumerated() {
          let row = ((first + offset) * learners.count + learner) * metrics.count + metric
          scores[row * count + example] = value
        }
      }
    }
  }

  /// Takes the targets into the divisor of squared errors.
  mutating func recordTargets(of episodes: [Episode]) {
    guard shape.target == .real else { return }
    for episode in episodes {
      for target in episode.targets { targetSquares += Double(target) * Double(target) }
    }
  }

  /// What the first scores of a prediction are.
  var metric: EvaluationMetric { metrics[0] }

  /// The means of the first metric over context lengths, `[E]`, of one learner.
  func episodeMeans(of learner: Int) -> [Double] {
    let count = shape.exampleCount
    return (0..<episodeCount).map { episode in
      let start = (episode * learners.count + learner) * metrics.count * count
      let sum = scores[start..<start + count].reduce(0) { $0 + Double($1) }
      return sum / Double(count) / divisor
    }
  }

  /// The mean squared target; 1 for classes and where all targets are zero, which have no scale.
  private var divisor: Double {
    let meanSquare = targetSquares / Double(episodeCount * shape.exampleCount)
    return shape.target == .real && meanSquare > 0 ? meanSquare : 1
  }

  /// The means over episodes and their intervals.
  func curves(bootstrap: Bootstrap, key: RandomKey) -> ContextCurves {
    let count = shape.exampleCount
    let width = learners.count * metrics.count * count
    var sums = [Double](repeating: 0, count: width)
    for (index, score) in scores.enumerated() { sums[index % width] += Double(score) }
    let intervals = bootstrap.intervals(of: scores, width: width, key: key)

    let divisor = divisor
    func curves(of metric: Int) -> [String: ContextCurve] {
      let named = learners.enumerated().map { index, name in
        let start = (index * metrics.count + metric) * count
        let range = start..<start + count
        let curve = ContextCurve(
          mean: range.map { sums[$0] / Double(episodeCount) / divisor },
          low: range.map { intervals.low[$0] / divisor },
          high: range.map { intervals.high[$0] / divisor })
        return (name, curve)
      }
      return Dictionary(uniqueKeysWithValues: named)
    }
    return ContextCurves(
      metric: metrics[0], contextLengths: Array(0..<count), learners: curves(of: 0),
      order: learners, logProbability: metrics.count > 1 ? curves(of: 1) : nil,
      episodes: episodeCount, confidence: bootstrap.confidence, resamples: bootstrap.resamples,
      targetMeanSquare: shape.target == .real
        ? targetSquares / Double(episodeCount * count) : nil, seed: nil)
  }

  /// The scores of one prediction, in the order of the metrics; nil if it is not finite.
  private static func score(
    _ prediction: ArraySlice<Float>, truth: Float, _ target: TargetKind
  ) -> [Float]? {
    guard prediction.allSatisfy(\.isFinite), let first = prediction.first else { return nil }
    switch target {
    case .real:
      let error = Double(first) - Double(truth)
      return [Float(error * error)]
    case .classes, .tokens:
      let logits = Logits(prediction)
      let label = Int(truth)
      return [logits.best == label ? 1 : 0, Float(logits.logProbabilities[label])]
    }
  }
}
