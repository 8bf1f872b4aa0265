package import Baselines

/// A known learner that a model may have become.
package struct CandidateAlgorithm: Sendable {
  /// Where the constants of a learner come from.
  package enum Origin: String, Codable, Sendable {
    /// The learner has none, or those that the task family states.
    case stated
    /// Searched for the smallest error of the learner's own on other episodes of the same family.
    case bestForTasks
    /// Searched for the smallest distance to the model on other episodes of the same family.
    case fittedToModel
  }

  /// What the learner stands for where strategies are weighed against each other.
  package enum Role: String, Codable, Sendable {
    /// Optimal for the tasks that training drew from a limited pool.
    case memorizing
    /// Optimal for the tasks without limits.
    case generalizing
  }

  /// Different for any two candidates.
  package let name: String
  /// What the algorithm is called in a sentence, with its constants.
  package let words: String
  /// Candidates of one group are the same algorithm with other constants.
  package let group: String
  package let learner: any InContextLearner
  /// By name, such as `learningRate`.
  package let constants: [String: Double]
  package let origin: Origin
  package let role: Role?
  /// What the learner does to the eigenvectors of a context, if it is a linear one whose constants
  /// were searched.
  let filter: SpectralFilter?

  init(
    _ learner: any InContextLearner, name: String? = nil, group: String? = nil, words: String,
    constants: [String: Double] = [:], origin: Origin = .stated, role: Role? = nil,
    filter: SpectralFilter? = nil
  ) {
    self.learner = learner
    self.name = name ?? learner.name
    self.group = group ?? self.name
    self.words = words
    self.constants = constants
    self.origin = origin
    self.role = role
    self.filter = filter
  }

  /// How many constants were fitted to the model that is to be identified: a candidate with more of
  /// them is told from one with fewer by more than an equal distance.
  var fittedConstantCount: Int { origin == .fittedToModel ? constants.count : 0 }
}
