package import ComputeGraph
internal import Configuration
package import Episodes

/// The architectures, by the names that experiments use.
package enum ModelKind: String, Codable, CaseIterable, Sendable {
  case transformer
  case linearSelfAttention
}

/// A model as an experiment names it: `kind`, and beside it the settings of that kind.
package enum ModelConfiguration: Hashable, Sendable {
  case transformer(TransformerConfiguration)
  case linearSelfAttention(LinearSelfAttentionSettings)

  package var kind: ModelKind {
    switch self {
    case .transformer: .transformer
    case .linearSelfAttention: .linearSelfAttention
    }
  }

  /// The model for a layout that it can read.
  ///
  /// - Parameter precision: of the products within the layers, where the model has a choice.
  package func model(for layout: PromptLayout, precision: Precision) -> any SequenceModel {
    switch self {
    case .transformer(let configuration):
      Transformer(configuration, layout: layout, precision: precision)
    case .linearSelfAttention(let settings):
      LinearSelfAttention(settings, layout: layout)
    }
  }

  /// The formats that the model can read.
  package var formats: [PromptFormat] {
    switch self {
    case .transformer(let configuration):
      // Distances say where a token stands only if it sees all before it.
      configuration.positions == .relative
        ? [.interleaved, .shifted, .tokens] : PromptFormat.allCases
    case .linearSelfAttention: [.query]
    }
  }

  /// Whether a trained model reads episodes of other lengths than those of training.
  package var readsEveryLength: Bool {
    switch self {
    case .transformer(let configuration): configuration.positions == .none
    case .linearSelfAttention: true
    }
  }
}

extension ModelConfiguration: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case kind
  }

  /// A Transformer where no kind is named.
  ///
  /// - Throws: `ConfigurationError` for an unknown kind or key, or a value that does not fit.
  package init(from decoder: any Decoder) throws {
    let others = [CodingKeys.kind.rawValue]
    self =
      switch try decoder.kind(default: ModelKind.transformer) {
      case .transformer: .transformer(try TransformerConfiguration(from: decoder, besides: others))
      case .linearSelfAttention:
        .linearSelfAttention(try LinearSelfAttentionSettings(from: decoder, besides: others))
      }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .transformer(let configuration): try configuration.encode(to: encoder)
    case .linearSelfAttention(let settings): try settings.encode(to: encoder)
    }
  }
}
