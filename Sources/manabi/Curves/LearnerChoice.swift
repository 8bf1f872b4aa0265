import Baselines
import Evaluation
import MetaTraining
import RandomKeys
import Reporting
import Storage
import TaskFamilies

/// The classical learners that a user wants beside models.
struct LearnerChoice {
  /// How many tasks each setting of a learner is tried on.
  private static let searchEpisodes = 128

  let learners: [any InContextLearner]
  /// How the settings of some of them were found.
  let searches: [LearnerSearch]

  /// - Parameters:
  ///   - names: with commas between them; `oracle` is the optimal one, `none` none, `tuned` those
  ///     whose best settings are searched on tasks of their own; nil for those of the family.
  ///   - family: whose learners and whose shape they suit.
  ///   - seed: of the tasks that learners are compared on.
  /// - Throws: ``CommandError`` if a name is unknown; what a learner throws that is searched for.
  init(_ names: String?, for family: any TaskFamily, seed: Int) throws {
    guard let names else {
      (learners, searches) = (family.learners, [])
      return
    }
    let words = names.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let known = family.learners + Tournament.challengers(for: family.episodeShape)
    var chosen: [any InContextLearner] = []
    var searches: [LearnerSearch] = []
    for word in words where words != ["none"] {
      let found: [any InContextLearner]
      if word == "tuned" {
        let results = try Self.search(on: family, seed: seed)
        searches += results.map(\.search)
        found = results.map(\.learner)
      } else {
        found = [word == "oracle" ? family.oracle : known.first { $0.name == word }].compactMap(
          \.self)
      }
      guard !found.isEmpty else {
        throw CommandError.noSuchLearner(
          word, known: ["oracle", "tuned"] + known.map(\.name).uniqued)
      }
      for learner in found where !chosen.contains(where: { $0.name == learner.name }) {
        chosen.append(learner)
      }
    }
    (learners, self.searches) = (chosen, searches)
  }

  /// Searches on tasks that are apart from those that learners are compared on.
  private static func search(
    on family: any TaskFamily, seed: Int
  ) throws -> [(search: LearnerSearch, learner: TunedLearner)] {
    var line: ProgressLine?
    defer { line?.finish() }
    return try LearnerSearch.run(
      on: family, episodeCount: searchEpisodes,
      key: RunStream.evaluation.key(seed: seed).folded(with: 2)
    ) { done, total in
      let progress = line ?? ProgressLine(from: 0, to: total, unit: "setting")
      line = progress
      progress.show(done, "searched")
    }
  }

  /// What the searches tried and found, for reports; none if there was none.
  var facts: [ReportFact] {
    let lines = searches.map { search in
      let trials = search.trials.map { "\($0.setting): \($0.score.fixed(4))" }
      return "\(search.learner): \(search.best), by the mean \(search.metric.rawValue) over all "
        + "context lengths on \(search.episodes) other tasks; \(trials.joined(separator: ", "))"
    }
    return lines.isEmpty ? [] : [ReportFact("search", lines.joined(separator: "\n"))]
  }
}

extension [String] {
  /// Each once, in the order in which they first appear.
  var uniqued: [String] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
