import Baselines
import Evaluation
import TaskFamilies

/// The classical learners that a user wants beside models.
enum LearnerChoice {
  /// - Parameters:
  ///   - names: with commas between them; `oracle` is the optimal one, `none` none; nil for those
  ///     of the family.
  ///   - family: whose learners and whose shape they suit.
  /// - Throws: ``CommandError`` if a name is unknown.
  static func learners(
    _ names: String?, for family: any TaskFamily
  ) throws(CommandError) -> [any InContextLearner] {
    guard let names else { return family.learners }
    guard names != "none" else { return [] }
    let known = family.learners + Tournament.challengers(for: family.episodeShape)
    var chosen: [any InContextLearner] = []
    for word in names.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let learner = word == "oracle" ? family.oracle : known.first { $0.name == word }
      guard let learner else {
        throw .noSuchLearner(word, known: ["oracle"] + known.map(\.name).uniqued)
      }
      if !chosen.contains(where: { $0.name == learner.name }) { chosen.append(learner) }
    }
    return chosen
  }
}

extension [String] {
  /// Each once, in the order in which they first appear.
  var uniqued: [String] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
