package import MetaTraining

/// A published result, and how to see whether it holds here.
package struct Reproduction: Sendable {
  /// Such as `T1`.
  package let id: String
  /// What was found, in one sentence.
  package let claim: String
  /// Paper, and what of it: a section that was opened, or its code.
  package let source: String
  package let link: String
  /// At a size for two cores and ten minutes, if there is one that says something.
  package let quick: Procedure?
  /// At the published size, if that is not the size of the quick tier.
  package let full: Procedure?

  package init(
    id: String, claim: String, source: String, link: String, quick: Procedure? = nil,
    full: Procedure? = nil
  ) {
    precondition(quick != nil || full != nil, "A reproduction has a size.")
    self.id = id
    self.claim = claim
    self.source = source
    self.link = link
    self.quick = quick
    self.full = full
  }

  package func procedure(_ tier: Tier) -> Procedure? {
    switch tier {
    case .quick: quick
    case .full: full
    }
  }
}

/// How large a reproduction is.
package enum Tier: String, Codable, CaseIterable, Sendable {
  /// Ten minutes of two cores at most.
  case quick
  /// The published size.
  case full
}

/// The models that a reproduction needs, and what it makes of them.
package struct Procedure: Sendable {
  /// An experiment, and the directory of its run.
  package struct Run: Sendable {
    /// Within the directory of the reproduction.
    package let name: String
    package let experiment: Experiment

    package init(_ name: String, _ experiment: Experiment) {
      self.name = name
      self.experiment = experiment
    }
  }

  /// What this size differs in from the published one, if it does.
  package let remark: String
  /// Throws if something that it needs is not on this machine.
  package let requirement: @Sendable () throws -> Void
  package let runs: [Run]
  /// Judges the runs, in their order.
  package let judge: @Sendable (Laboratory, [TrainedRun]) throws -> Judgement

  package init(
    remark: String = "", requirement: @escaping @Sendable () throws -> Void = {},
    runs: [Run] = [],
    judge: @escaping @Sendable (Laboratory, [TrainedRun]) throws -> Judgement
  ) {
    self.remark = remark
    self.requirement = requirement
    self.runs = runs
    self.judge = judge
  }
}
