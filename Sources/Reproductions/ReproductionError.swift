/// A reproduction that cannot be judged.
package enum ReproductionError: Error, Equatable, CustomStringConvertible {
  /// A learner that a claim is about was not compared.
  case noCandidate(String)

  package var description: String {
    switch self {
    case .noCandidate(let name):
      "The reproduction needs a comparison with \(name), which was not made."
    }
  }
}
