package import ComputeGraph
internal import Episodes
internal import Tensors

// Dimension key
//   B  episodes      N  predictions      D  dimension of an input

extension SequenceModel {
  /// The program of the sensitivities of one real prediction of each episode to the input that it is
  /// for: `∂ŷ / ∂x`, `[B, 1, D]`, by differentiation of the graph.
  ///
  /// The derivative is by the numbers of the input in the token at which the prediction is read. Where
  /// the format shows an example twice, its copy in the context stays as it is.
  ///
  /// - Parameter prediction: which of the `N`.
  package func sensitivityProgram(of prediction: Int) -> InferenceProgram {
    precondition(
      layout.shape.target == .real && (0..<layout.predictionCount).contains(prediction),
      "One of the real predictions is differentiated.")
    return InferenceProgram { episodes in
      let builder = GraphBuilder()
      let forward = try self.forward(builder, episodes)
      // No episode sees another, so the gradient of the sum holds that of each.
      let sum = try forward.predictions.slice(axis: 1, start: prediction, count: 1)
        .sum(axes: [0, 1, 2])
      let gradient = try builder.gradients(of: sum, withRespectTo: [forward.tokens])[0]
      let sensitivity =
        try gradient
        .slice(axis: 1, start: layout.predictionTokens[prediction], count: 1)
        .slice(axis: 2, start: 0, count: layout.shape.inputDimension)
      return InferenceProgram.Block(
        graph: builder.graph, inputs: [forward.tokens.value], outputs: [sensitivity.value],
        parameters: forward.parameters.map(\.value))
    }
  }
}
