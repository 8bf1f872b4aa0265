import MetaTraining
import Reporting
import Reproductions

/// The claims that can be reproduced, and what each costs.
struct ReproductionList {
  private struct Entry: Encodable {
    let id: String
    let claim: String
    let source: String
    let link: String
    /// Steps of training, and floating-point operations in units of 10¹⁵, by tier.
    let quick: Budget?
    let full: Budget?
  }

  private struct Budget: Encodable {
    let runs: Int
    let steps: Int
    let petaoperations: Double

    init(_ procedure: Procedure) {
      runs = procedure.runs.count
      steps = procedure.runs.reduce(0) { $0 + $1.experiment.steps }
      petaoperations = procedure.runs.reduce(0) { sum, run in
        sum + run.experiment.operationsPerStep * Double(run.experiment.steps) * 1e-15
      }
    }

    /// A quadrillion operations take an hour at 280 GFLOP/s.
    var words: String {
      runs == 0
        ? "nothing to train"
        : "\(runs) \(runs == 1 ? "run" : "runs"), \(steps) steps, \(petaoperations.fixed(2)) PFLOP"
    }
  }

  private let entries: [Entry]

  init(_ reproductions: [Reproduction]) {
    entries = reproductions.map { reproduction in
      Entry(
        id: reproduction.id, claim: reproduction.claim, source: reproduction.source,
        link: reproduction.link, quick: reproduction.quick.map(Budget.init),
        full: reproduction.full.map(Budget.init))
    }
  }

  func print(json: Bool) throws {
    if json { return try Output.json(entries) }
    for entry in entries {
      var list = DefinitionList(termWidth: 6)
      list.append(entry.id, entry.claim)
      list.append("", "\(entry.source), \(entry.link)")
      if let quick = entry.quick { list.append("", "quick: \(quick.words)") }
      if let full = entry.full { list.append("", "full: \(full.words)") }
      try Output.text(list.rendered(width: StandardOutput.width ?? 110))
    }
    Output.note("The quick tier takes ten minutes of two cores each at most.")
  }
}
