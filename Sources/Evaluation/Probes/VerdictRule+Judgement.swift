import Foundation

// Dimension key
//   L  candidates      R  resamples

extension VerdictRule {
  /// What is known when a verdict is given.
  struct Evidence {
    /// `[L]`, in the order of ``CandidateSearch/candidates(for:)``.
    let candidates: [CandidateAlgorithm]
    /// The share of the model's mean square that each candidate leaves, `[L]`.
    let unexplained: [Estimate]
    /// The same of resamples, `[R]` of `[L]`.
    let resampled: [[Double]]
    let modelMeanSquare: Double
    let blend: BlendFit
    let bootstrap: Bootstrap
  }

  func verdict(on evidence: Evidence) -> Verdict {
    let shares = evidence.unexplained.map(\.value)
    let best = shares.indices.reduce(0) { shares[$1] < shares[$0] ? $1 : $0 }
    let tied = shares.indices.filter { isTied($0, best, evidence) }
    let candidates = evidence.candidates
    let chosen = tied.reduce(best) { chosen, index in
      let (new, old) = (candidates[index], candidates[chosen])
      return (new.fittedConstantCount, index) < (old.fittedConstantCount, chosen)
        ? index : chosen
    }
    let others = Self.distinct(tied, but: chosen, candidates)
    let kind = kind(share: shares[chosen], evidence)
    return Verdict(
      kind: kind, sentence: sentence(kind, chosen, others, evidence),
      candidate: candidates[chosen].name, words: candidates[chosen].words,
      unexplained: evidence.unexplained[chosen],
      indistinguishable: others.map { candidates[$0].name }, rule: self)
  }

  private func kind(share: Double, _ evidence: Evidence) -> Verdict.Kind {
    if evidence.modelMeanSquare <= silent { return .silent }
    if share <= identified { return .identified }
    if evidence.blend.unexplained.value <= identified { return .blend }
    return share <= near ? .near : .unknown
  }

  private func isTied(_ index: Int, _ best: Int, _ evidence: Evidence) -> Bool {
    let shares = evidence.unexplained.map(\.value)
    if shares[index] - shares[best] <= indistinguishable { return true }
    let differences = evidence.resampled.map { $0[index] - $0[best] }
    return evidence.bootstrap.estimate(0, resampled: differences).low <= 0
  }

  /// The tied candidates of other algorithms than the chosen one, of each the first.
  private static func distinct(
    _ tied: [Int], but chosen: Int, _ candidates: [CandidateAlgorithm]
  ) -> [Int] {
    var groups: Set = [candidates[chosen].group]
    return tied.filter { groups.insert(candidates[$0].group).inserted }
  }

  // MARK: Words

  private func sentence(
    _ kind: Verdict.Kind, _ chosen: Int, _ others: [Int], _ evidence: Evidence
  ) -> String {
    let candidate = evidence.candidates[chosen]
    let words = candidate.words
    let left = Self.percent(evidence.unexplained[chosen].value)
    let origin = Self.origin(of: candidate, evidence)
    let ties = ties(others, evidence)
    switch kind {
    case .silent:
      return "Nothing yet: the model's predictions hardly differ from zero, or from chance."
    case .identified:
      return "\(Self.capitalized(words))\(origin). It leaves \(left) unexplained.\(ties)"
    case .blend:
      return "A blend: \(Self.parts(evidence.blend)). It leaves "
        + "\(Self.percent(evidence.blend.unexplained.value)) unexplained, and the nearest single "
        + "learner, \(words)\(origin), \(left)."
    case .near:
      return "Near to \(words)\(origin), which leaves \(left) unexplained.\(ties)"
    case .unknown:
      return "None of the known learners: the nearest is \(words)\(origin), which leaves \(left) "
        + "unexplained; the best blend leaves "
        + "\(Self.percent(evidence.blend.unexplained.value)).\(ties)"
    }
  }

  private static func origin(of candidate: CandidateAlgorithm, _ evidence: Evidence) -> String {
    switch (candidate.origin, candidate.role) {
    case (.fittedToModel, _): return ", fitted to the model"
    case (.bestForTasks, _): return ", tuned for these tasks"
    case (.stated, .generalizing?):
      let isLimited = evidence.candidates.contains { $0.role == .memorizing }
      return isLimited ? ", the oracle of unlimited tasks" : ", the oracle of these tasks"
    case (.stated, _): return ""
    }
  }

  private func ties(_ others: [Int], _ evidence: Evidence) -> String {
    guard !others.isEmpty else { return "" }
    let names = others.map { evidence.candidates[$0].words }
    return " On these tasks it cannot be told apart from \(names.joined(separator: ", or "))."
  }

  /// The members of a blend that count.
  private static func parts(_ blend: BlendFit) -> String {
    blend.members.filter { $0.weight.value >= 0.01 }
      .map { "\(String(format: "%.2f", $0.weight.value)) \($0.algorithm)" }
      .joined(separator: " + ")
  }

  private static func percent(_ share: Double) -> String {
    switch 100 * share {
    case ..<0.01: "less than 0.01 %"
    case let number where number < 1: "\(String(format: "%.2f", number)) %"
    case let number: "\(String(format: "%.3g", number)) %"
    }
  }

  private static func capitalized(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }
}
