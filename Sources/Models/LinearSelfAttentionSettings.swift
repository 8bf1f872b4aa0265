package import Configuration

/// The architecture of a ``LinearSelfAttention``.
package struct LinearSelfAttentionSettings: Settings {
  /// What a layer trains.
  package enum Structure: String, Codable, CaseIterable, Sendable {
    /// Queries, keys, values and outputs, a matrix each, for every head.
    case full
    /// Two matrices over the inputs alone: one for products of queries with keys, one for values;
    /// targets pass as they are. Ahn et al. 2023 in the code of their experiments,
    /// <https://github.com/chengxiang/LinearTransformer>.
    case inputsOnly
  }

  package var layers = 1
  package var heads = 1
  /// Whether all layers use the parameters of the first.
  package var sharesLayers = false
  package var structure = Structure.full
  /// Of the weights before training.
  package var initialDeviation: Float = 0.02

  package static let settings: [Setting<Self>] = [
    Setting("layers", \.layers, in: 1...256, "applications of attention"),
    Setting("heads", \.heads, in: 1...64, "heads of each layer, each as wide as a token"),
    Setting(
      "sharesLayers", flag: \.sharesLayers, "whether all layers use the parameters of the first"),
    Setting("structure", choice: \.structure, "what a layer trains"),
    Setting(
      "initialDeviation", \.initialDeviation, in: 0...10,
      "standard deviation of the weights before training"),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard structure == .full || heads == 1 else {
      throw SettingProblem("heads", "has to be 1 where a layer trains two matrices")
    }
  }
}
