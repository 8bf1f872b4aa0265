import CPUEngine
import ComputeGraph
import Episodes
import Evaluation
import Models
import RandomKeys
import Tensors

/// Models whose insides are known.
extension InspectedModel {
  /// A Transformer with random parameters, of which some are set.
  ///
  /// - Parameter set: changes the elements of the parameter of this name and shape.
  static func transformer(
    _ configuration: TransformerConfiguration, _ layout: PromptLayout,
    set: (_ name: String, _ shape: Shape, _ elements: inout [Float]) -> Void = { _, _, _ in }
  ) throws -> InspectedModel {
    let model = Transformer(configuration, layout: layout)
    let parameters = model.initialParameters(RandomKey(seed: 1)).map { parameter in
      var tensor = parameter.tensor
      set(parameter.name, tensor.shape, &tensor.elements)
      return tensor
    }
    return InspectedModel(
      model: model, parameters: parameters, engine: try CPUEngine(workers: 2))
  }

  /// Linear self-attention with these weights.
  static func linear(
    _ weights: LinearAttentionWeights, _ layout: PromptLayout
  ) throws -> InspectedModel {
    var settings = LinearSelfAttentionSettings()
    settings.layers = weights.layers.count
    return InspectedModel(
      model: LinearSelfAttention(settings, layout: layout), parameters: weights.parameters,
      engine: try CPUEngine(workers: 2))
  }
}

extension [Float] {
  /// All of them the same.
  mutating func fill(_ number: Float) { for index in indices { self[index] = number } }
}

/// Sequences of random symbols.
enum RandomSequences {
  static func episodes(_ count: Int, length: Int, symbols: Int) -> [Episode] {
    (0..<count).map { index in
      let drawn = RandomKey(seed: 11).folded(with: index).integers(length + 1, below: symbols)
        .map { Float($0) }
      return Episode(
        inputs: Array(drawn.dropLast()), targets: Array(drawn.dropFirst()), of: .tokens(symbols))
    }
  }
}
