package import ComputeGraph
package import Episodes
internal import Tensors

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

  /// How many numbers of the context the last prediction can read, whatever else it computes.
  ///
  /// Kirsch et al. 2022 find that this, and not the number of parameters, bounds what a meta-trained
  /// model learns in context, <https://arxiv.org/abs/2212.04458>.
  var accessibleStateSize: Int { get }

  /// Adds the forward pass for `tokens`, `[B, T, F]`, to their graph.
  ///
  /// - Parameters:
  ///   - parameters: by the names in ``parameters``.
  ///   - trace: gets every activation, and says what to go on with.
  /// - Returns: `[B, N, C]`
  /// - Throws: `ShapeError` if the terms do not fit.
  func predictions(
    _ tokens: Term, _ parameters: [String: Term], _ trace: ActivationTrace
  ) throws(ShapeError) -> Term
}

extension SequenceModel {
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }

  /// The tokens whose keys and values the last prediction reads.
  var contextTokenCount: Int {
    layout.predictionTokens.last.map { layout.visiblePrefixes[$0] } ?? 0
  }

  /// The numbers of a layer that reads keys and values of the context.
  ///
  /// - Parameters:
  ///   - width: of keys and of values, of all heads together.
  ///   - scoring: linear attention sums the outer products of keys and values, so it reads no more
  ///     than these have.
  func stateSize(width: Int, heads: Int, scoring: AttentionRule.Scoring) -> Int {
    let pairs = 2 * width * contextTokenCount
    return switch scoring {
    case .softmax: pairs
    case .linear: min(pairs, width * (width / heads))
    }
  }
}
