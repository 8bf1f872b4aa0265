import Evaluation
import Reporting

/// The tournaments of several families as a matrix of families and learners.
struct TournamentMatrix {
  let results: [(family: String, tournament: Tournament)]

  init(_ results: [(family: String, tournament: Tournament)]) { self.results = results }

  /// A row for each family, with its oracle's name and score first; empty without families.
  var text: String {
    guard let first = results.first else { return "" }
    let names = learners
    var table = TextTable(
      columns: [
        .init("\(first.tournament.metric.rawValue)", .words), .init("oracle", .words),
        .init("its score", .numbers(digits: 3)),
      ] + names.map { .init($0, .words) })
    for (family, tournament) in results {
      let cells = names.map { name in
        tournament.entries.dropFirst().first { $0.learner == name }.map(Self.cell) ?? .absent
      }
      let oracle = tournament.entries[0]
      table.append(
        [.words(family), .words(oracle.learner), .number(oracle.mean)] + cells)
    }
    return table.rendered() + "\n"
  }

  /// In the order in which they first appear.
  private var learners: [String] {
    results.flatMap { $0.tournament.entries.dropFirst().map(\.learner) }.reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  private static func cell(_ entry: Tournament.Entry) -> TextTable.Cell {
    let isUpset = entry.lead < -3 * entry.standardError
    return .words(entry.mean.fixed(3) + (isUpset ? "*" : ""))
  }
}
