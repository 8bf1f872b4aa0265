import ComputeGraph
import Evaluation
package import MetaTraining
import Models
import Optimizers
import RandomKeys
import Reporting
import TaskFamilies

extension Reproduction {
  /// What learned to learn from synthetic tasks alone classifies images.
  static let images = Reproduction(
    id: "T9f",
    claim: "A Transformer that was meta-trained on other tasks only classifies images from the "
      + "examples in its context, as well as classical learners at their best.",
    source: "Kirsch et al. 2022, table 1",
    link: "https://arxiv.org/abs/2212.04458",
    quick: Procedure(
      remark:
        "Meta-trained on prototypes and not on MNIST, so on no image at all; 32 numbers of a random "
        + "projection for all pixels, 64 examples for 100.",
      requirement: FashionImages.checkInstalled,
      runs: [Procedure.Run("general-purpose", generalPurposeExperiment)],
      judge: judgeImages))

  private static func judgeImages(
    _ laboratory: Laboratory, _ runs: [TrainedRun]
  ) throws -> Judgement {
    let family = FamilyConfiguration(
      LabelPermutation(
        of: InputProjection(of: FashionImages.settings(of: .test, exampleCount: 64)) {
          $0.inputDimension = 32
        }))
    let found = try LearnerSearch.run(
      on: try family.makeFamily(), episodeCount: 128, key: laboratory.key(1))
    let model = try runs[0].learner()
    let curves = try laboratory.curves(
      of: [model] + found.map(\.learner), on: family, episodes: 1024)
    let own = curves.value(of: model.name, .mean).value
    let leads = found.map { search, learner in
      (search.learner, own - curves.value(of: learner.name, .mean).value)
    }
    let searches = found.map { search, _ in
      "\(search.learner): \(search.trials.map(\.setting).joined(separator: ", "))"
    }
    return Judgement(
      evidence: leads.map { name, lead in
        name == "onlineGradientDescent"
          ? Evidence(
            "accuracy over all context lengths, above that of online descent",
            published: 0.6224 - 0.5078, measured: lead, .atLeast(0.05))
          : Evidence(
            "accuracy over all context lengths, above that of \(name)", measured: lead,
            .atLeast(-0.01))
      } + [
        Evidence(
          "accuracy at the last example", published: 0.6224,
          curves.value(of: model.name, .last), .atLeast(0.5))
      ],
      blocks: [
        .figure(
          curves.chart(
            title: "Fashion-MNIST, never trained on", subtitle: "1024 projections and labellings",
            emphasized: [model.name]),
          caption: "The settings of the classical learners are the best of these on 128 other "
            + "tasks: " + searches.joined(separator: "; ") + ".")
      ])
  }

  /// Tasks around prototypes of many kinds, behind random projections: the synthetic base of a learner
  /// that is to learn anything.
  package static let generalPurposeExperiment = Experiment(
    family: FamilyConfiguration(Mixture(generalPurposeMembers)),
    model: .transformer(TransformerConfiguration(width: 64, layers: 4, heads: 4)),
    precision: .bfloat16,
    optimizer: AdamWConfiguration(learningRate: 2e-3, warmupSteps: 300),
    steps: 4000, heldOut: HeldOutSchedule(interval: 500, episodeCount: 256))

  /// Items of few and many dimensions, near to their prototypes and far from them, of several sizes,
  /// some of them longer in some directions than in others.
  private static let generalPurposeMembers: [Mixture.Member] = [
    member(4, spread: 0.5, scale: 0.7), member(8, spread: 0.3), member(8, spread: 0.8, scale: 0.5),
    member(16, spread: 0.6), member(16, spread: 1.2, scale: 0.6),
    member(32, spread: 0.8, scale: 0.5), member(32, spread: 1.4),
    stretched(spread: 0.4), stretched(spread: 0.8, scale: 0.6),
    stretched(spread: 1.2, scale: 0.5),
  ]

  private static func member(
    _ dimension: Int, spread: Float, scale: Float = 1
  ) -> Mixture.Member {
    Mixture.Member(weight: 1, family: scaled(prototypes(dimension, spread: spread), by: scale))
  }

  private static func stretched(spread: Float, scale: Float = 1) -> Mixture.Member {
    let family = InputProjection(of: StretchedInputs(of: prototypes(32, spread: spread)))
    return Mixture.Member(weight: 1, family: scaled(family, by: scale))
  }

  private static func prototypes(_ dimension: Int, spread: Float) -> PrototypeSettings {
    PrototypeSettings {
      $0.classCount = 10; $0.latentDimension = dimension; $0.inputDimension = 32
      $0.spread = spread; $0.base = .fresh; $0.exampleCount = 64
    }
  }

  private static func scaled(
    _ family: some FamilySettings, by factor: Float
  ) -> FamilyConfiguration {
    factor == 1
      ? FamilyConfiguration(family)
      : FamilyConfiguration(ScaledInputs(of: family) { $0.factor = factor })
  }
}
