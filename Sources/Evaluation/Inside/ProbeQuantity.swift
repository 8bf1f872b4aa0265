import Baselines
import Episodes

// Dimension key
//   E  episodes      N  examples of an episode      D  dimension of an input
//   C  width of a target      n  examples seen

/// What a probe looks for in the activations of a model.
package enum ProbeQuantity: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
  /// The weights of the task, which the model never sees.
  case weights
  /// `1/n Σ y x` of the examples seen, for every input and every number of a target.
  case moment
  /// The weights by which the estimator predicts from the examples seen.
  case estimate
  /// What the estimator predicts for the query.
  case prediction
  /// By how much the target of the last example seen differs from what the estimator predicts for it
  /// from the others.
  case residual
  /// How often each class or symbol was seen.
  case frequencies
  /// How likely each symbol is to follow this one, from how often it did so far: `(count + 1)` over
  /// the sum, the mean of the posterior of a Markov chain.
  case transitions

  /// What people call it.
  package var words: String {
    switch self {
    case .weights: "weights of the task"
    case .moment: "moment Σ y x"
    case .estimate: "estimated weights"
    case .prediction: "estimator's prediction"
    case .residual: "residual of the last example"
    case .frequencies: "frequencies of labels"
    case .transitions: "frequencies of what follows"
    }
  }
}

/// The quantities of some episodes at the places of a prompt.
struct ProbeQuantities {
  let episodes: [Episode]
  /// Which part of the latent holds the weights of the task, if any.
  let weights: Range<Int>?
  /// The learner of real targets whose weights are looked for.
  private let estimator: any QueryDifferentiable
  /// What the estimator predicts, `[E, N]`; nothing where targets are not real.
  private let predicted: [Float]

  private var shape: EpisodeShape { episodes[0].shape }

  /// - Parameter episodes: at least one.
  /// - Throws: what the estimator throws.
  init(
    of episodes: [Episode], weights: Range<Int>?, estimator: any QueryDifferentiable
  ) throws {
    self.episodes = episodes
    self.weights = weights
    self.estimator = estimator
    predicted =
      episodes[0].shape.target == .real ? try estimator.predictions(for: episodes) : []
  }

  /// A quantity at a place, `[E, …]`; nil where there is none.
  ///
  /// - Throws: what the estimator throws.
  func values(of quantity: ProbeQuantity, at site: ProbeSite) throws -> [Double]? {
    let length = site.contextLength
    let isReal = shape.target == .real
    switch quantity {
    case .weights:
      return weights.map { range in episodes.flatMap { $0.latent[range].map(Double.init) } }
    case .moment:
      return shape.target.isSequence ? nil : episodes.flatMap { moment(of: $0, count: length) }
    case .estimate:
      guard isReal, length < shape.exampleCount else { return nil }
      return try estimator.sensitivities(of: length, in: episodes)
    case .prediction:
      guard isReal, site.role == .query else { return nil }
      return predictions(of: length)
    case .residual:
      guard isReal, site.role == .example else { return nil }
      let expected = predictions(of: length - 1)
      return zip(episodes, expected).map { Double($0.targets[length - 1]) - $1 }
    case .frequencies:
      return isReal ? nil : episodes.flatMap { frequencies(of: $0, count: length) }
    case .transitions:
      return shape.target.isSequence
        ? episodes.flatMap { transitions(of: $0, count: length) } : nil
    }
  }

  /// The estimator's predictions of one example, `[E]`.
  private func predictions(of example: Int) -> [Double] {
    episodes.indices.map { Double(predicted[$0 * shape.exampleCount + example]) }
  }

  /// `[D, C]`
  private func moment(of episode: Episode, count: Int) -> [Double] {
    let (dimension, width) = (shape.inputDimension, shape.target.width)
    var sums = [Double](repeating: 0, count: dimension * width)
    for example in 0..<count {
      let target = episode.targets[example]
      let column = shape.target == .real ? 0 : Int(target)
      let factor = shape.target == .real ? Double(target) : 1
      for i in 0..<dimension {
        sums[i * width + column] +=
          factor * Double(episode.inputs[example * dimension + i]) / Double(count)
      }
    }
    return sums
  }

  /// `[C]`
  private func frequencies(of episode: Episode, count: Int) -> [Double] {
    let labels = shape.target.isSequence ? episode.inputs : episode.targets
    var shares = [Double](repeating: 0, count: shape.target.width)
    for label in labels.prefix(count) { shares[Int(label)] += 1 / Double(count) }
    return shares
  }

  /// `[C]`
  private func transitions(of episode: Episode, count: Int) -> [Double] {
    let symbols = episode.inputs.prefix(count).map { Int($0) }
    var counts = [Double](repeating: 1, count: shape.target.width)
    for (symbol, next) in zip(symbols, symbols.dropFirst()) where symbol == symbols[count - 1] {
      counts[next] += 1
    }
    let total = counts.reduce(0, +)
    return counts.map { $0 / total }
  }
}
