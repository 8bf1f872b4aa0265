import ArgumentParser
import Episodes
import MetaTraining
import Models
import TaskFamilies

struct ConstructDescentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "descent",
    abstract: "Writes weights that are exactly gradient descent, or GD++ if there is a gamma.")

  @Option(help: "Numbers of an input.")
  var dimension = 10
  @Option(help: "Examples of the context; the weights of GD++ depend on it.")
  var context = 10
  @Option(help: "Steps of descent, a layer each.")
  var steps = 1
  @Option(help: "The learning rate, for half the mean squared error.")
  var learningRate: Double
  @Option(help: "By how much each step transforms the inputs; 0 makes it gradient descent.")
  var gamma = 0.0
  @OptionGroup var output: ConstructedOutput

  func validate() throws {
    for (name, number, limit) in [
      ("--dimension", dimension, 1024), ("--context", context, 4095), ("--steps", steps, 256),
    ] where !(1...limit).contains(number) {
      throw ValidationError("\(name) has to be from 1 to \(limit).")
    }
    guard learningRate > 0, gamma >= 0, learningRate.isFinite, gamma.isFinite else {
      throw ValidationError("--learning-rate has to be positive, and --gamma not negative.")
    }
  }

  func run() throws {
    let weights = LinearAttentionWeights.gradientDescentPlusPlus(
      inputDimension: dimension,
      steps: [(Double, Double)](repeating: (learningRate, gamma), count: steps),
      contextCount: context)
    let family = LinearRegression {
      $0.dimension = dimension; $0.exampleCount = context + 1
    }
    try output.write(weights, for: FamilyConfiguration(family), seed: 0)
  }
}
