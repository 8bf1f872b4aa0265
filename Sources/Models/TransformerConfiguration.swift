package import ComputeGraph
package import Configuration

/// The architecture of a ``Transformer``.
package struct TransformerConfiguration: Settings {
  /// How tokens are told where they stand.
  package enum Positions: String, Codable, CaseIterable, Sendable {
    /// A trained vector for each position is added; sequences cannot be longer than in training.
    case learned
    /// A trained vector for each distance in each layer: a query meets it beside the key at that
    /// distance. As in the code of Edelman et al. 2024, <https://arxiv.org/abs/2402.11004>.
    case relative
    /// Nothing is added: the order of the examples shows only in what a token may attend to.
    case none
  }

  /// `d`, the width of the residual stream.
  package var width = 64
  package var layers = 3
  /// Divides `width`.
  package var heads = 2
  /// The hidden width of the feed-forward layers is this times `width`.
  /// Zero leaves them out.
  package var expansion = 4
  package var activation = Activation.gelu
  package var attention = AttentionRule.Scoring.softmax
  package var positions = Positions.none
  /// Whether dense layers add a trained vector.
  package var biases = true
  /// Whether all layers use the parameters of the first.
  package var sharesLayers = false

  package static let settings: [Setting<Self>] = [
    Setting("width", \.width, in: 1...8192, "width of the residual stream"),
    Setting("layers", \.layers, in: 1...256, "layers"),
    Setting("heads", \.heads, in: 1...256, "heads of each layer; divide the width"),
    Setting(
      "expansion", \.expansion, in: 0...64,
      "hidden width of the feed-forward layers, in widths of the stream; 0 leaves them out"),
    Setting("activation", choice: \.activation, "nonlinearity of the feed-forward layers"),
    Setting("attention", choice: \.attention, "what becomes of the scores of attention"),
    Setting("positions", choice: \.positions, "how tokens are told where they stand"),
    Setting("biases", flag: \.biases, "whether dense layers add a trained vector"),
    Setting(
      "sharesLayers", flag: \.sharesLayers, "whether all layers use the parameters of the first"),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard width % heads == 0 else {
      throw SettingProblem("heads", "\(heads) does not divide the width \(width)")
    }
  }

  package init(
    width: Int = 64, layers: Int = 3, heads: Int = 2, expansion: Int = 4,
    activation: Activation = .gelu, attention: AttentionRule.Scoring = .softmax,
    positions: Positions = .none, biases: Bool = true, sharesLayers: Bool = false
  ) {
    precondition(width > 0 && layers > 0 && expansion >= 0 && heads > 0 && width % heads == 0)
    self.width = width
    self.layers = layers
    self.heads = heads
    self.expansion = expansion
    self.activation = activation
    self.attention = attention
    self.positions = positions
    self.biases = biases
    self.sharesLayers = sharesLayers
  }
}
