import Episodes
import Evaluation
import Reporting
import Storage

/// What was found inside a model, as a page and a file of arrays.
struct InsideReport {
  private let findings: InsideFindings
  private let figures: InsideFigures
  private let tables: InsideTables

  /// - Parameter example: the episode whose attention is shown by itself.
  init(_ findings: InsideFindings, example: Episode) {
    self.findings = findings
    figures = InsideFigures(findings: findings, example: example)
    tables = InsideTables(findings)
  }

  var report: EvaluationReport {
    EvaluationReport(
      title: "Inside \(findings.run)", summary: summary, keyFacts: keyFacts,
      sections: [attention, ablation] + (findings.probes.scores.isEmpty ? [] : [probes])
        + [influence],
      arrays: InsideArrays(findings).all,
      facts: [
        ReportFact(
          "settings",
          """
          checkpoint: \(findings.checkpoint)
          seed: \(findings.seed)
          episodes for attention: \(findings.attention.episodes)
          episodes for influences: \(findings.influence.episodes)
          episodes for ablations: \(findings.ablation.episodes)
          episodes for probes, fitted, choosing and scored: \
          \(findings.probes.fitted), \(findings.probes.choosing), \(findings.probes.scored)
          """)
      ])
  }

  private var summary: String {
    let layers = findings.attention.layers
    return "\(layers.count) \(layers.count == 1 ? "layer" : "layers") of "
      + "\(layers[0].heads.count) \(layers[0].heads.count == 1 ? "head" : "heads") after "
      + "\(findings.step) steps on \(findings.family): where they attend to, what they cannot do "
      + "without, and what can be read out of them."
  }

  private var keyFacts: [ReportPage.Fact] {
    var facts: [ReportPage.Fact] = []
    let damages = findings.ablation.ablations.sorted { $0.zero.error.value > $1.zero.error.value }
    if let worst = damages.first {
      facts.append(.init("Needs most", worst.part.words))
      facts.append(
        .init("Error without it", "+\(max(0, worst.zero.error.value).fixed(3))"))
    }
    for quantity in [ProbeQuantity.weights, .transitions] {
      let found = findings.probes.scores.filter { $0.quantity == quantity }
      if let best = found.max(by: { $0.linear.value < $1.linear.value }) {
        facts.append(
          .init(
            "R² of the \(quantity.words)",
            "\(best.linear.value.fixed(2)) "
              + (best.layers == 0 ? "before the first layer" : "behind layer \(best.layers)")))
      }
    }
    return facts
  }

  private var attention: ReportPage.Section {
    let maps = figures.maps.flatMap { head -> [ReportPage.Block] in
      [
        .figure(head.mean, caption: "Each row is a token that attends, each column one it sees."),
        .figure(head.example, caption: "The weights in one task."),
      ]
    }
    return .init(
      "Where heads attend to",
      [
        .table(
          tables.heads,
          caption: "Shares of attention by how the token that gets it is related to the one that "
            + "gives it, over those tokens that see any such; entropies in nats; and by how much silencing "
            + "the head worsens the score (\(findings.ablation.metric.words)).")
      ]
        + [figures.shares].compactMap { map in
          map.map { .figure($0, caption: "The shares of the table above.") }
        } + maps)
  }

  private var ablation: ReportPage.Section {
    var blocks: [ReportPage.Block] = [
      .figure(
        figures.damage(\.zero, title: "Damage if a part gives nothing"),
        caption: "The model as it is scores \(findings.ablation.intact.error.value.fixed(3)) "
          + "(\(findings.ablation.metric.words))."),
      .figure(
        figures.damage(\.mean, title: "Damage if a part gives its average"),
        caption: "Each token gets what the part gives there on average over tasks: what is left "
          + "undamaged does not depend on the task."),
    ]
    if !tables.feedForwards.rows.isEmpty {
      blocks.append(
        .table(tables.feedForwards, caption: "With 90 % bootstrap intervals, half their width."))
    }
    return .init("What the model cannot do without", blocks)
  }

  private var probes: ReportPage.Section {
    let figures = ProbeFigures(findings: findings)
    let charts = figures.pairs.flatMap { pair -> [ReportPage.Block] in
      [
        figures.curve(pair).map {
          .figure(
            $0,
            caption: "Zero layers is what the first layer reads. The control task has the "
              + "quantities of other tasks. Values below -1 are drawn at -1.")
        },
        figures.map(pair).map {
          .figure($0, caption: "At each place the linear probe by itself.")
        },
      ].compactMap(\.self)
    }
    let estimator = findings.probes.estimator.map {
      " The estimator is \($0), from the examples that the token has seen."
    }
    return .init(
      "What can be read out of the residual stream",
      [
        .paragraph(
          "Probes were fitted to the residual stream of \(findings.probes.fitted) tasks, chosen by "
            + "\(findings.probes.choosing) and scored on \(findings.probes.scored) others: linear "
            + "ones with a ridge penalty, and such with one hidden layer."
            + (estimator ?? "")),
        .table(
          tables.probes,
          caption:
            "After the longest context: shares of variance explained behind so many layers, and "
            + "the largest one on the control task."),
      ] + charts)
  }

  private var influence: ReportPage.Section {
    .init(
      "What tokens behind the first layer depend on",
      [
        .table(
          tables.influences,
          caption: "The Frobenius norm of the derivative of a token behind the first layer by a "
            + "token of the prompt, root mean square over pairs and tasks. A layer that copies "
            + "neighbours depends on them as on the token itself."),
        .figure(figures.influence, caption: "The same for every pair of tokens."),
      ])
  }
}
