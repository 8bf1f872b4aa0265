import ArgumentParser
import Baselines
import Episodes
import Evaluation
import MetaTraining
import Models
import RandomKeys
import TaskFamilies

struct InsideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inside",
    abstract: "Looks inside a model: attention, probes, influences and ablations.",
    discussion: """
      Says where each head attends to, what probes find in the residual stream behind each layer (weights of the task, \
      moments, estimates, residuals; frequencies in sequences), how much tokens behind the first layer depend on their \
      neighbours, and what damage it does to silence each head and each feed-forward branch. The report has a figure and an \
      array for each.

        manabi inside checkpoints/quickstart-regression
        manabi inside checkpoints/chains/step-000002000.h5 --episodes 4096 --json
      """)

  @Argument(help: "A run's directory (its latest checkpoint), or a checkpoint.")
  var runOrCheckpoint: String
  @Option(
    help: """
      How many tasks to draw; of them at most \(InsideFindings.Limit.attention) show attention, \
      \(InsideFindings.Limit.influence) influences and \(InsideFindings.Limit.ablation) the damage of ablations.
      """)
  var episodes = 1024
  @OptionGroup var measurement: MeasurementOptions
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    guard (InspectedModel.fewestProbedEpisodes...1_000_000).contains(episodes) else {
      throw ValidationError(
        "--episodes has to be from \(InspectedModel.fewestProbedEpisodes) to 1000000.")
    }
  }

  func run() throws {
    let engine = try measurement.engine()
    let seed = measurement.seed
    let model = try TrainedModel(runOrCheckpoint, engine: engine)
    let experiment = model.experiment
    let family = try experiment.evaluationFamily.makeFamily()
    // Latents, of which the model reads nothing, may differ from those of training.
    let layout = experiment.format.layout(for: family.episodeShape)
    let key = RunStream.evaluation.key(seed: seed)
    let drawn = family.episodes(episodes, key: key.folded(with: 0))
    let inspected = InspectedModel(
      model: experiment.model.model(for: layout, precision: experiment.precision),
      parameters: model.parameters, engine: engine)
    let findings = try InsideFindings(
      of: model, inspected, on: drawn, from: family, seed: seed, key: key.folded(with: 1))
    try answer.give(
      findings, text: InsideTables(findings).text,
      report: InsideReport(findings, example: drawn[0]).report, in: model.directory, as: "inside")
  }
}
