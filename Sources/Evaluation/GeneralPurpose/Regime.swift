/// What kind of algorithm a meta-trained model became.
///
/// Source: Kirsch et al. 2022, <https://arxiv.org/abs/2212.04458>, whose kinds of algorithms these
/// are; the thresholds in ``RegimeCriteria`` are our own.
package enum Regime: String, Codable, CaseIterable, Sendable {
  /// It does not do better than chance even on the tasks that it was trained on.
  case hasNotLearned
  /// It knows the tasks that it was trained on, and the context adds little.
  case memorises
  /// It finds out from the context which of the tasks that it was trained on it faces, and is lost on
  /// others.
  case identifiesTasks
  /// It learns tasks that it has never met from the context.
  case learnsToLearn

  /// As people say it.
  package var phrase: String {
    switch self {
    case .hasNotLearned: "has not learned"
    case .memorises: "memorises"
    case .identifiesTasks: "identifies tasks"
    case .learnsToLearn: "learns to learn"
    }
  }
}

/// The thresholds between regimes, as shares.
package struct RegimeCriteria: Codable, Equatable, Sendable {
  /// The least skill on seen tasks at the end of an episode, where chance is 0 and perfection 1, of
  /// a model that has learned anything.
  package var leastSkill = 0.1
  /// The least share of that skill that a model which learns to learn gains within episodes of unseen
  /// tasks.
  package var leastLearned = 0.5
  /// The least share of that skill that a model which identifies tasks gains within episodes of seen
  /// tasks.
  package var leastIdentified = 0.5

  package init() {}

  /// The regime of a model.
  ///
  /// - Parameters:
  ///   - seen: on tasks of training; those of unseen tasks if training has no pool.
  ///   - unseen: on tasks that training never shows.
  package func regime(seen: SequenceImprovement, unseen: SequenceImprovement) -> Regime {
    regime(skill: seen.skill, seenGain: seen.gain, unseenGain: unseen.gain)
  }

  /// Whether both ends of the interval of the gain on unseen tasks lead to the same regime.
  package func isClear(seen: SequenceImprovement, unseen: SequenceImprovement) -> Bool {
    let (low, high) = unseen.gainInterval
    return regime(skill: seen.skill, seenGain: seen.gain, unseenGain: low)
      == regime(skill: seen.skill, seenGain: seen.gain, unseenGain: high)
  }

  private func regime(skill: Double, seenGain: Double, unseenGain: Double) -> Regime {
    if skill < leastSkill { return .hasNotLearned }
    if unseenGain >= leastLearned * skill { return .learnsToLearn }
    return seenGain >= leastIdentified * skill ? .identifiesTasks : .memorises
  }

  /// The rules in words.
  package var explanation: String {
    "Skill is the way from chance (0) to perfection (1) that the score at the last example has gone. "
      + "A model has not learned if its skill on seen tasks is below \(leastSkill); it learns to learn if "
      + "what it gains within episodes of unseen tasks is at least \(leastLearned) of that skill; else it "
      + "identifies tasks if what it gains within episodes of seen tasks is at least "
      + "\(leastIdentified) of it, and memorises if not."
  }
}
