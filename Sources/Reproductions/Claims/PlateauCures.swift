import Episodes
import ComputeGraph
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// The loss stays on a plateau before a model learns to learn; some changes shorten it.
  static let plateau = Reproduction(
    id: "T9p",
    claim: "With labels shifted by one place the loss stays on a plateau before learning to learn "
      + "begins; a larger batch and biased label permutations shorten it.",
    source: "Kirsch et al. 2022, section 4",
    link: "https://arxiv.org/abs/2212.04458",
    quick: Procedure(
      remark:
        "Prototypes for images. A smaller epsilon of Adam, the third cure of the paper, changes "
        + "nothing here, where gradients are far above it; that is measured too.",
      runs: Plateau.allCases.map { Procedure.Run($0.rawValue, $0.experiment) }
    ) { _, runs in
      let curves = try runs.map { try $0.scores().map { ($0.step, $0.score.last) } }
      let lengths = curves.map { scores in
        Double(scores.first { $0.1 > Plateau.learned }?.0 ?? .max)
      }
      var evidence = [
        Evidence(
          "steps on the plateau, no cure", measured: lengths[0], .atLeast(500))
      ]
      for (cure, length) in zip(Plateau.allCases, lengths).dropFirst() where cure.isShorter {
        evidence.append(
          Evidence(
            "\(cure.words): steps on the plateau over those without", measured: length / lengths[0],
            .atMost(0.75)))
      }
      evidence.append(
        Evidence(
          "\(Plateau.smallEpsilon.words): steps on the plateau over those without",
          measured: lengths[Plateau.allCases.count - 1] / lengths[0], .atMost(1.1)))
      return Judgement(
        evidence: evidence,
        blocks: [
          .figure(
            LineChart(
              title: "The plateau and its cures", subtitle: "labels shifted by one place",
              horizontalLabel: "steps of training", verticalLabel: "accuracy at the last example",
              series: zip(Plateau.allCases, curves).map { cure, scores in
                LineChart.Series(
                  name: cure.words, positions: scores.map { Double($0.0) },
                  values: scores.map(\.1), isEmphasized: cure == .baseline)
              }),
            caption:
              "Held-out accuracy, on tasks whose labels are permuted without bias. The plateau "
              + "ends where it exceeds \(Plateau.learned).")
        ])
    })
}

/// What the plateau is measured with.
private enum Plateau: String, CaseIterable {
  case baseline
  case largeBatch = "large-batch"
  case biasedLabels = "biased-labels"
  case smallEpsilon = "small-epsilon"

  /// The accuracy at the last example that is learning and not chance, which is 0.2.
  static let learned = 0.4

  var words: String {
    switch self {
    case .baseline: "no cure"
    case .largeBatch: "batch 256"
    case .biasedLabels: "half the tasks with their labels"
    case .smallEpsilon: "epsilon 1e-12"
    }
  }

  /// Whether the cure shortens the plateau here.
  var isShorter: Bool { self == .largeBatch || self == .biasedLabels }

  var experiment: Experiment {
    let family = PrototypeSettings { $0.labelBias = self == .biasedLabels ? 0.5 : 0 }
    return Experiment(
      family: FamilyConfiguration(family), format: .shifted,
      model: .transformer(TransformerConfiguration(width: 64, layers: 3, heads: 2)),
      precision: .bfloat16,
      optimizer: AdamWConfiguration(
        learningRate: 1e-3, warmupSteps: 300, finalShare: 1,
        epsilon: self == .smallEpsilon ? 1e-12 : 1e-8),
      batchSize: self == .largeBatch ? 256 : 64, steps: self == .largeBatch ? 1500 : 3000,
      heldOut: HeldOutSchedule(
        interval: 50, family: FamilyConfiguration(PrototypeSettings())),
      checkpointInterval: 1000)
  }
}
