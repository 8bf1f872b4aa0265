package import ComputeGraph
internal import Configuration

/// The architecture of a ``Transformer``.
package struct TransformerConfiguration: Hashable, Sendable {
  /// How tokens are told where they stand.
  package enum Positions: String, Codable, CaseIterable, Sendable {
    /// A trained vector for each position is added; sequences cannot be longer than in training.
    case learned
    /// Nothing is added: the order of the examples shows only in what a token may attend to.
    case none
  }

  /// `d`, the width of the residual stream.
  package let width: Int
  package let layers: Int
  /// Divides `width`.
  package let heads: Int
  /// The hidden width of the feed-forward layers is this times `width`.
  package let expansion: Int
  package let activation: Activation
  package let attention: AttentionRule.Scoring
  package let positions: Positions
  /// Whether all layers use the parameters of the first.
  package let sharesLayers: Bool

  package init(
    width: Int = 64, layers: Int = 3, heads: Int = 2, expansion: Int = 4,
    activation: Activation = .gelu, attention: AttentionRule.Scoring = .softmax,
    positions: Positions = .none, sharesLayers: Bool = false
  ) {
    precondition(width > 0 && layers > 0 && expansion > 0 && heads > 0 && width % heads == 0)
    self.width = width
    self.layers = layers
    self.heads = heads
    self.expansion = expansion
    self.activation = activation
    self.attention = attention
    self.positions = positions
    self.sharesLayers = sharesLayers
  }
}

extension TransformerConfiguration: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case width, layers, heads, expansion, activation, attention, positions, sharesLayers
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    let width = try values.value(.width, default: 64, in: 1...8192)
    let heads = try values.value(.heads, default: 2, in: 1...256)
    guard width % heads == 0 else {
      throw values.error(.heads, "\(heads) does not divide the width \(width)")
    }
    self.init(
      width: width,
      layers: try values.value(.layers, default: 3, in: 1...256), heads: heads,
      expansion: try values.value(.expansion, default: 4, in: 1...64),
      activation: try values.value(.activation, default: .gelu),
      attention: try values.value(.attention, default: .softmax),
      positions: try values.value(.positions, default: .none),
      sharesLayers: try values.value(.sharesLayers, default: false))
  }
}
