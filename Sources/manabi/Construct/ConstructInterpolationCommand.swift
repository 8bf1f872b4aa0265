import ArgumentParser
import CPUEngine
import Episodes
import MetaTraining
import Models

struct ConstructInterpolationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolation",
    abstract: "Writes weights between trained ones and those of gradient descent.",
    discussion: """
      Both are first given scores of mean one over the inputs, which changes no prediction. The weights half way are
      those of von Oswald et al. 2022.
      """)

  @Argument(help: "A run's directory (its latest checkpoint), or a checkpoint.")
  var runOrCheckpoint: String
  @Option(help: "How far to go, from 0, the trained weights, to 1.")
  var share = 0.5
  @Option(help: "The learning rate of gradient descent.")
  var learningRate: Double
  @Option(help: "By how much each of its steps transforms the inputs, if it is GD++.")
  var gamma = 0.0
  @OptionGroup var output: ConstructedOutput

  func validate() throws {
    guard (0...1).contains(share) else { throw ValidationError("--share has to be from 0 to 1.") }
    guard learningRate > 0, gamma >= 0, learningRate.isFinite, gamma.isFinite else {
      throw ValidationError("--learning-rate has to be positive, and --gamma not negative.")
    }
  }

  func run() throws {
    let model = try TrainedModel(runOrCheckpoint, engine: CPUEngine(workers: 1))
    let shape = model.experiment.layout.shape
    let trained = try model.linearAttentionWeights
    guard let normal = trained.normalized(inputDimension: shape.inputDimension) else {
      throw CommandError.invalid(
        "the weights of \(model.path) cannot be compared: the scores of a layer are zero on average"
      )
    }
    let descent = LinearAttentionWeights.gradientDescentPlusPlus(
      inputDimension: shape.inputDimension, targetWidth: shape.target.width,
      steps: [(Double, Double)](
        repeating: (learningRate, gamma), count: trained.layers.count),
      contextCount: max(1, shape.exampleCount - 1))
    try output.write(
      normal.interpolated(to: descent, share: share), for: model.experiment.family,
      seed: model.experiment.seed)
  }
}
