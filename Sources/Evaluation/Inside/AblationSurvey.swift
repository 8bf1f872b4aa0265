/// What becomes of a model's predictions when parts of it are silenced.
package struct AblationSurvey: Codable, Sendable {
  /// How many were averaged.
  package let episodes: Int
  /// What damage is measured in.
  package let metric: Metric
  /// Of the model as it is.
  package let intact: AblationScore
  /// In the order of the forward pass.
  package let ablations: [Ablation]

  package enum Metric: String, Codable, Sendable {
    /// Squared error over the mean squared target.
    case normalizedSquaredError
    /// Minus the logarithm of the probability of the target, in nats.
    case crossEntropy
  }
}

/// A part of a model that can be silenced.
package enum ModelPart: Hashable, Sendable {
  /// A head; layers and heads count from one.
  case head(layer: Int, head: Int)
  /// The feed-forward branch of a layer.
  case feedForward(layer: Int)

  /// Such as `layer 1, head 2`.
  package var words: String {
    switch self {
    case .head(let layer, let head): "layer \(layer), head \(head)"
    case .feedForward(let layer): "layer \(layer), feed-forward"
    }
  }
}

/// A part of a model and the damage that its silence does.
package struct Ablation: Codable, Equatable, Sendable {
  package let part: ModelPart
  /// By how much scores change if the part gives nothing.
  package let zero: AblationScore
  /// By how much they change if it always gives what it gives on average over episodes.
  package let mean: AblationScore
}

/// How good predictions are, or by how much that changes.
package struct AblationScore: Codable, Equatable, Sendable {
  /// Lower is better.
  package let error: Estimate
  /// Of classes and symbols: how often the likeliest is the target.
  package let accuracy: Estimate?
}

extension ModelPart: Codable {
  private enum CodingKeys: String, CodingKey {
    case layer, head
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let layer = try values.decode(Int.self, forKey: .layer)
    let head = try values.decodeIfPresent(Int.self, forKey: .head)
    self = head.map { .head(layer: layer, head: $0) } ?? .feedForward(layer: layer)
  }

  /// The feed-forward branch is a layer without a head.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .head(let layer, let head):
      try values.encode(layer, forKey: .layer)
      try values.encode(head, forKey: .head)
    case .feedForward(let layer): try values.encode(layer, forKey: .layer)
    }
  }
}
