/// A reproduction that cannot be judged.
package enum ReproductionError: Error, Equatable, CustomStringConvertible {
  /// A learner that a claim is about was not compared.
  case noCandidate(String)

  /// Data that a claim is judged on are not on this machine.
  case noDataset(String, package: String)

  package var description: String {
    switch self {
    case .noDataset(let name, let package):
      "\(name) is not here; install Debian's package \(package), or leave this claim out."
    case .noCandidate(let name):
      "The reproduction needs a comparison with \(name), which was not made."
    }
  }
}
