import ArgumentParser
import Evaluation
import RandomKeys
import Reporting
import TaskFamilies

struct TournamentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tournament",
    abstract: "Sets every learner beside the oracle of every task family.",
    discussion: """
      Scores are means over context lengths: of squared errors, so that predicting zero scores 1, or of accuracies. \
      A star marks what is better than the oracle by more than three standard errors.

        manabi tournament
        manabi tournament linearRegression markovChains --episodes 2000 --json
      """)

  @Argument(help: "Families: names, YAML files or recipes; all kinds if none is given.")
  var families: [String] = []
  @Option(help: "How many episodes of each family.")
  var episodes = 256
  @Option(help: "Names the episodes.")
  var seed = 0
  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (2...1_000_000).contains(episodes) else {
      throw ValidationError("--episodes has to be from 2 to 1000000.")
    }
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
  }

  func run() throws {
    let key = RandomKey(seed: UInt64(seed))
    var results: [(family: String, tournament: Tournament)] = []
    for name in families.isEmpty ? FamilyKind.allCases.map(\.rawValue) : families {
      let family = try FamilyArgument.configuration(name, overrides: []).makeFamily()
      let tournament = try Tournament(
        family, others: Tournament.challengers(for: family.episodeShape), episodeCount: episodes,
        key: key)
      results.append((name, tournament))
    }
    if json {
      try Output.json(
        Dictionary(results.map { ($0.family, $0.tournament) }) { first, _ in first })
    } else {
      for metric in EvaluationMetric.allCases {
        let matrix = TournamentMatrix(results.filter { $0.tournament.metric == metric })
        try Output.text(matrix.text, terminator: "")
      }
    }
  }
}
