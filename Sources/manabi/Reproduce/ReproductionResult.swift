import Configuration
import Foundation
import Reporting
import Reproductions
import Storage

/// A reproduction that was carried out.
struct ReproductionResult {
  /// Its JSON form is an entry of the answer of `manabi reproduce --json`.
  struct Summary: Encodable {
    struct Number: Encodable {
      let evidence: Evidence
      let holds: Bool
    }

    let id: String
    let tier: Tier
    let claim: String
    let source: String
    let link: String
    let remark: String
    let evidence: [Number]
    let holds: Bool
    let models: [ModelPortrait]
    let seconds: Double
  }

  let reproduction: Reproduction
  let tier: Tier
  let judgement: Judgement
  /// From the start of the command or of the reproduction before it; what was trained before is not
  /// in it.
  let seconds: Double

  init(_ reproduction: Reproduction, _ tier: Tier, _ judgement: Judgement, seconds: Double) {
    self.reproduction = reproduction
    self.tier = tier
    self.judgement = judgement
    self.seconds = seconds
  }

  var summary: Summary {
    Summary(
      id: reproduction.id, tier: tier, claim: reproduction.claim, source: reproduction.source,
      link: reproduction.link, remark: remark,
      evidence: judgement.evidence.map { Summary.Number(evidence: $0, holds: $0.holds) },
      holds: judgement.holds, models: judgement.portraits, seconds: seconds)
  }

  /// The evidence with the verdict, for a terminal.
  var text: String {
    """
    \(reproduction.id): \(reproduction.claim)
    \(reproduction.source) <\(reproduction.link)>
    \(table.rendered())\(models)\(verdict) (\(seconds.duration))

    """
  }

  private var models: String {
    guard !judgement.portraits.isEmpty else { return "" }
    return "\n" + PortraitTable(judgement.portraits).table.rendered(width: StandardOutput.width)
  }

  private var remark: String { reproduction.procedure(tier)?.remark ?? "" }

  private var verdict: String {
    let failed = judgement.evidence.count { !$0.holds }
    return judgement.holds
      ? "\(reproduction.id) holds"
      : "\(reproduction.id) does not hold: \(failed) of "
        + "\(judgement.evidence.count) numbers are not as they should be"
  }

  private var table: TextTable {
    var table = TextTable(columns: [
      .init("quantity", .words), .init("published", .words), .init("here", .words),
      .init("interval", .words), .init("has to be", .words), .init("holds", .words),
    ])
    for evidence in judgement.evidence {
      table.append([
        .words(evidence.quantity), .words(evidence.published.map { $0.brief } ?? "–"),
        .words(evidence.measured.brief), .words(evidence.interval),
        .words(evidence.criterion.words), .words(evidence.holds ? "yes" : "NO"),
      ])
    }
    return table
  }

  var report: EvaluationReport {
    let evidence = judgement.evidence
    let axis = ReportAxis(
      "evidence", .labels(evidence.map(\.quantity)), meaning: "the numbers that the claim rests on")
    return EvaluationReport(
      title: "\(reproduction.id): \(verdict)", summary: reproduction.claim,
      keyFacts: [
        .init("Verdict", verdict),
        .init("Source", "\(reproduction.source), \(reproduction.link)"),
        .init("Tier", remark.isEmpty ? tier.rawValue : "\(tier.rawValue). \(remark)"),
        .init("Time", seconds.duration),
      ],
      sections: [
        .init(
          "The numbers",
          [.table(table, caption: "What was published, what came out here, and what it has to be.")]
        ),
        .init("What the runs show", judgement.blocks),
        .init("What the models became", PortraitTable(judgement.portraits).blocks),
      ].filter { !$0.blocks.isEmpty },
      arrays: [
        ReportArray("measured", axes: [axis], evidence.map(\.measured), meaning: "measured here"),
        ReportArray(
          "published", axes: [axis], evidence.map { $0.published ?? .nan },
          meaning: "published, or in closed form"),
      ] + judgement.arrays, facts: facts)
  }

  private var facts: [ReportFact] {
    let runs = reproduction.procedure(tier)?.runs ?? []
    return runs.compactMap { run in
      (try? ConfigurationDocument.yaml(encoding: run.experiment)).map {
        ReportFact(run.name.factName, $0)
      }
    }
  }
}

extension Evidence {
  fileprivate var interval: String {
    guard let low, let high else { return "–" }
    return "\(low.brief) … \(high.brief)"
  }
}

extension Criterion {
  /// As a phrase.
  var words: String {
    switch self {
    case .within(let tolerance, let center): "\(center.brief) ± \(tolerance.brief)"
    case .atMost(let bound): "at most \(bound.brief)"
    case .atLeast(let bound): "at least \(bound.brief)"
    }
  }
}

extension Double {
  /// A time in seconds, in the unit that suits it.
  var duration: String {
    let units = [(86_400.0, "days"), (3600, "hours"), (60, "minutes")]
    for (length, name) in units where self >= 2 * length {
      return "\(Int((self / length).rounded())) \(name)"
    }
    return "\(Int(rounded(.up))) seconds"
  }

  /// Three significant digits.
  var brief: String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : "\(self)" }
    let digits = 2 - Int(log10(abs(self)).rounded(.down))
    return abs(digits) > 6 ? String(format: "%.2e", self) : fixed(max(digits, 0))
  }
}

extension String {
  /// A word of letters, digits and underscores that begins with a letter.
  fileprivate var factName: String {
    "run_" + map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
  }
}
