import ArgumentParser
import CPUEngine
import ComputeGraph
import Dispatch
import Episodes
import MetaTraining
import Models
import Optimizers
import TaskFamilies

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures the speed of the engine.",
    subcommands: [BenchStepCommand.self])
}

struct BenchStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Times whole training steps: sampling, forward, backward, update.",
    discussion: """
      The work is that of Scripts/peers.py: interleaved linear regression, learned positions, batch 64, \
      squared error, AdamW. Prints the median over the timed steps.
      """)

  @Option(help: "The model and its prompts: \(StepWorkload.names).")
  var workload: StepWorkload
  @Option(help: "The precision of the matrix products.")
  var precision = Precision.float32
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Option(help: "Steps to time, after three to warm up.")
  var steps: Int?
  @Flag(help: "Print the kernels of a step, and stop.")
  var plan = false
  @Flag(help: "Print JSON.")
  var json = false

  struct Result: Encodable {
    let workload: String
    let precision: String
    let milliseconds: Double
    let gflops: Double
  }

  func run() throws {
    var experiment = workload.experiment
    experiment.precision = precision
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let trainer = MetaTrainer(experiment, engine: engine)
    if plan { return print(try engine.planDescription(of: trainer.program)) }
    let session = try trainer.makeSession(from: trainer.initialState)
    var milliseconds: [Double] = []
    let timed = steps ?? workload.timedSteps
    for step in 0..<timed + 3 {
      let start = DispatchTime.now().uptimeNanoseconds
      _ = try trainer.step(step, session)
      let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-6
      if step >= 3 { milliseconds.append(elapsed) }
    }
    let median = milliseconds.sorted()[milliseconds.count / 2]
    let result = Result(
      workload: workload.rawValue, precision: precision.rawValue,
      milliseconds: (median * 100).rounded() / 100,
      gflops: (workload.operations / median * 1e-5).rounded() / 10)
    if json {
      try Output.json(result)
    } else {
      print(
        "\(result.workload) \(result.precision): \(result.milliseconds) ms, \(result.gflops) GFLOP/s"
      )
    }
  }
}

extension Precision: ExpressibleByArgument {}

/// The reference models of `Scripts/peers.py`.
enum StepWorkload: String, CaseIterable, ExpressibleByArgument {
  case d64t22 = "d64-t22"
  case d64
  case d128
  case d256

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  private struct Shape {
    let dimension: Int
    let examples: Int
    let width: Int
    let layers: Int
    let heads: Int
  }

  private var shape: Shape {
    switch self {
    case .d64t22: Shape(dimension: 5, examples: 11, width: 64, layers: 3, heads: 2)
    case .d64: Shape(dimension: 20, examples: 41, width: 64, layers: 3, heads: 2)
    case .d128: Shape(dimension: 20, examples: 41, width: 128, layers: 6, heads: 4)
    case .d256: Shape(dimension: 20, examples: 41, width: 256, layers: 12, heads: 8)
    }
  }

  private static let batchSize = 64

  var timedSteps: Int {
    switch self {
    case .d64t22: 60
    case .d64: 30
    case .d128: 12
    case .d256: 6
    }
  }

  var experiment: Experiment {
    Experiment(
      family: .linearRegression(
        LinearRegressionConfiguration(dimension: shape.dimension, exampleCount: shape.examples)),
      format: .interleaved,
      model: TransformerConfiguration(
        width: shape.width, layers: shape.layers, heads: shape.heads, positions: .learned),
      optimizer: AdamWConfiguration(
        learningRate: 1e-4, warmupSteps: 0, finalShare: 1, maximumNorm: nil),
      batchSize: Self.batchSize, steps: 1000)
  }

  /// Useful floating-point operations of a step: 6 a parameter of the dense layers and token, and
  /// the causal half of attention.
  var operations: Double {
    let (width, layers, tokens) = (
      Double(shape.width), Double(shape.layers), Double(2 * shape.examples)
    )
    let batch = Double(Self.batchSize)
    let dense = layers * 12 * width * width + Double(shape.dimension) * width
    return 6 * dense * batch * tokens + 3 * layers * 4 * batch * width * tokens * (tokens + 1) / 2
  }
}
