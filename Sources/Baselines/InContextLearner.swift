package import Episodes

/// Anything that predicts from examples in its context: a trained model, a classical baseline, an
/// optimal learner.
package protocol InContextLearner: Sendable {
  /// The name under which reports list it, in camel case, such as `leastSquares`.
  var name: String { get }

  /// Predicts every target of every episode from the examples before it.
  ///
  /// The prediction of example `k` uses inputs `0 ... k` and targets `0 ..< k` only.
  ///
  /// - Parameter episodes: `E` episodes of one shape.
  /// - Returns: `[E, N, C]`: a real number (`C = 1`), or for each of `C` classes a logarithm of its
  ///   probability, up to a constant.
  /// - Throws: what keeps the learner from computing them, such as inputs that are not finite.
  func predictions(for episodes: [Episode]) throws -> [Float]
}
