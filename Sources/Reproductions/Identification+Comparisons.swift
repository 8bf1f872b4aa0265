import Evaluation

extension Identification {
  /// The comparison with a candidate that is known to be one.
  func comparison(with name: String) throws(ReproductionError) -> CandidateComparison {
    guard let found = candidates.first(where: { $0.name == name }) else {
      throw .noCandidate(name)
    }
    return found
  }

  /// The comparison with the candidate that plays a role.
  func comparison(
    playing role: CandidateAlgorithm.Role
  ) throws(ReproductionError) -> CandidateComparison {
    guard let found = candidates.first(where: { $0.role == role }) else {
      throw .noCandidate(role.rawValue)
    }
    return found
  }
}

extension Optional {
  /// What was measured.
  ///
  /// - Throws: ``ReproductionError/noCandidate(_:)`` if it was not, as of a learner whose predictions
  ///   have no gradients.
  func known() throws(ReproductionError) -> Wrapped {
    guard let self else { throw .noCandidate("\(Wrapped.self)") }
    return self
  }
}
