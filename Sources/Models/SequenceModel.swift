package import ComputeGraph
package import Episodes

// Dimension key
//   B  episodes      T  tokens of an episode      F  width of a token
//   N  predictions   C  width of a prediction

/// A model that reads the tokens of a prompt layout and predicts.
///
/// Its programs and first parameters follow from what it lists and computes.
package protocol SequenceModel: Sendable {
  var layout: PromptLayout { get }

  /// Every parameter, in the order of the forward pass. Weights are `[input, output]`.
  var parameters: [ParameterDescription] { get }

  /// Useful floating-point operations of a training step for each episode, forward and backward.
  var operationsPerEpisode: Double { get }

  /// Adds the forward pass for `tokens`, `[B, T, F]`, to their graph.
  ///
  /// - Parameter parameters: by the names in ``parameters``.
  /// - Returns: `[B, N, C]`
  /// - Throws: `ShapeError` if the terms do not fit.
  func predictions(
    _ tokens: Term, _ parameters: [String: Term]
  ) throws(ShapeError) -> Term
}
