import ArgumentParser
import ComputeGraph
import Dispatch
import Episodes
import MetaTraining
import RandomKeys
import TaskFamilies

struct BenchSamplingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sampling",
    abstract: "Times normal numbers, and a batch from its key to its tokens, on one core.",
    discussion: "Prints medians over rounds of about ten milliseconds.")

  @OptionGroup var options: BenchOptions
  @Option(help: "Rounds to time, after one to warm up.")
  var rounds = 15

  struct Result: Encodable {
    let workload: String
    let millionNormalsPerSecond: Double
    let microsecondsPerBatch: Double
  }

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds has to be at least 1.") }
  }

  func run() throws {
    let normals = Self.normalCount * Self.fills
    let experiment = try options.experiment
    let result = Result(
      workload: options.workload,
      millionNormalsPerSecond: (Double(normals) / drawSeconds() * 1e-6).rounded(),
      microsecondsPerBatch: (try batchSeconds(experiment) / Double(Self.batches) * 1e7).rounded()
        / 10)
    if options.json {
      try Output.json(result)
    } else {
      try Output.text(
        "\(result.millionNormalsPerSecond) million normal numbers a second; \(result.workload): "
          + "\(result.microsecondsPerBatch) µs a batch")
    }
  }

  /// Numbers that fit the first-level cache.
  private static let normalCount = 4096
  private static let fills = 1000
  private static let batches = 50

  private func drawSeconds() -> Double {
    var numbers = [Float](repeating: 0, count: Self.normalCount)
    var span = numbers.mutableSpan
    return median { round in
      for fill in 0..<Self.fills {
        RandomKey(seed: UInt64(round)).folded(with: fill).fillNormals(&span)
      }
    }
  }

  private func batchSeconds(_ experiment: Experiment) throws -> Double {
    let layout = experiment.layout
    let count = experiment.batchSize
    let writer = EpisodeSource(
      family: try experiment.family.makeFamily(), layout: layout,
      key: RunStream.training.key(seed: experiment.seed)
    ).makeWriter()
    var tokens = [Float](repeating: 0, count: count * layout.tokenCount * layout.tokenWidth)
    var targets = [Float](repeating: 0, count: count * layout.predictionCount * layout.targetWidth)
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    return median { round in
      for batch in 0..<Self.batches {
        writer.write(
          step: round * Self.batches + batch, episodes: 0..<count, tokens: &tokenSpan,
          targets: &targetSpan)
      }
    }
  }

  /// The median time of a round, in seconds.
  private func median(_ body: (_ round: Int) -> Void) -> Double {
    var seconds: [Double] = []
    for round in 0...rounds {
      let start = DispatchTime.now().uptimeNanoseconds
      body(round)
      let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
      if round > 0 { seconds.append(elapsed) }
    }
    return seconds.sorted()[rounds / 2]
  }
}
