internal import Episodes
internal import Tensors

extension Transformer {
  package var parameters: [ParameterDescription] {
    let width = configuration.width
    let hidden = width * configuration.expansion
    // Each layer adds two branches to the residual stream; their sum keeps its size (Radford et al.
    // 2019, section 2.3).
    let branch = 1 / Float(2 * configuration.layers).squareRoot()
    var list = linear("readIn", layout.tokenWidth, width)
    if configuration.positions == .learned {
      list.append(
        ParameterDescription(
          name: "positions.weight", axes: ["token", "feature"],
          shape: [layout.tokenCount, width], initialization: .normal(standardDeviation: 0.02)))
    }
    for layer in 0..<(configuration.sharesLayers ? 1 : configuration.layers) {
      let block = "blocks.\(layer)."
      list += norm(block + "attentionNorm")
      for name in ["query", "key", "value"] {
        list += linear(block + "attention." + name, width, width)
      }
      list += linear(block + "attention.output", width, width, gain: branch)
      if configuration.positions == .relative {
        list.append(
          ParameterDescription(
            name: block + "attention.distances.weight", axes: ["distance", "feature"],
            shape: [layout.tokenCount, width], initialization: .normal(standardDeviation: 0.02)))
      }
      guard configuration.expansion > 0 else { continue }
      list += norm(block + "feedForwardNorm")
      list += linear(block + "feedForward.expand", width, hidden)
      list += linear(block + "feedForward.contract", hidden, width, gain: branch)
    }
    return list + norm("norm") + linear("readOut", width, layout.targetWidth)
  }

  private func linear(
    _ name: String, _ input: Int, _ output: Int, gain: Float = 1
  ) -> [ParameterDescription] {
    let weight = ParameterDescription(
      name: name + ".weight", axes: ["input", "output"], shape: [input, output],
      initialization: .normal(standardDeviation: gain / Float(input).squareRoot()))
    let bias = ParameterDescription(
      name: name + ".bias", axes: ["output"], shape: [output], initialization: .constant(0))
    return configuration.biases ? [weight, bias] : [weight]
  }

  private func norm(_ name: String) -> [ParameterDescription] {
    [("scale", Float(1)), ("shift", 0)].map { part, number in
      ParameterDescription(
        name: name + "." + part, axes: ["feature"], shape: [configuration.width],
        initialization: .constant(number))
    }
  }
}
