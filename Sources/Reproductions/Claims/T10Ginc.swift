import Episodes
import Baselines
import Evaluation
import MetaTraining
import Models
import Optimizers
import Reporting
import TaskFamilies

extension Reproduction {
  /// Text of hidden Markov models teaches in-context learning of what a prompt is about.
  static let ginc = Reproduction(
    id: "T10",
    claim:
      "A language model trained on text of a few hidden Markov models completes prompts better "
      + "the more examples they show.",
    source: "Xie et al. 2021, section 4, and the notebook of their code",
    link: "https://arxiv.org/abs/2111.02080",
    full: Procedure(
      remark: "The published size, with cosine for linear decay.",
      runs: [Procedure.Run("four-layers", gincExperiment)]
    ) { laboratory, runs in
      let learner = try runs[0].learner()
      let settings = GINCSettings {
        $0.form = .prompts; $0.exampleCount = 1023
      }
      let family = FamilyConfiguration(settings)
      let curves = try laboratory.curves(of: [learner], on: family, episodes: 2500)
      let none = curves.value(of: learner.name, .after(settings.answerPlaces[0]))
      let many = curves.value(of: learner.name, .after(settings.answerPlaces[64]))
      let places = settings.answerPlaces.prefix(65)
      return Judgement(
        evidence: [
          Evidence(
            "accuracy after 64 examples of ten tokens", published: 0.602, many,
            .within(0.06, of: 0.602)),
          Evidence(
            "by how much it rises over that without examples", published: 0.036,
            measured: many.value - none.value, .atLeast(0.01)),
        ],
        blocks: [
          .figure(
            LineChart(
              title: "Prompts of examples of ten tokens", subtitle: "2500 prompts",
              horizontalLabel: "examples in the prompt", verticalLabel: "accuracy",
              series: [
                .init(
                  name: learner.name, positions: places.indices.map(Double.init),
                  values: places.map { curves.value(of: learner.name, .after($0)).value },
                  isEmphasized: true)
              ]),
            caption: "How often the likeliest completion under the model of the task is predicted.")
        ])
    })

  private static var gincExperiment: Experiment {
    Experiment(
      family: FamilyConfiguration(GINCSettings { $0.exampleCount = 1023 }), format: .tokens,
      model: .transformer(
        TransformerConfiguration(width: 768, layers: 4, heads: 12, positions: .learned)),
      optimizer: AdamWConfiguration(learningRate: 8e-4, warmupSteps: 1000, weightDecay: 0),
      batchSize: 8, steps: 6000, heldOut: HeldOutSchedule(interval: 500, episodeCount: 64),
      checkpointInterval: 250)
  }
}
