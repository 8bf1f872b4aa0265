import CPUEngine
import ComputeGraph
import Foundation
import MetaTraining
import Models
import Optimizers
import Storage
import TaskFamilies

/// A run of a fraction of a second, in a directory that disappears with it.
final class TinyRun {
  let path: String
  var experiment: Experiment

  convenience init(steps: Int = 24, precision: Precision = .float32) {
    let path = FileManager.default.temporaryDirectory.path + "/manabi-run-\(UUID().uuidString)"
    self.init(at: path, steps: steps, precision: precision)
  }

  init(at path: String, steps: Int = 24, precision: Precision = .float32) {
    self.path = path
    experiment = Experiment(
      family: FamilyConfiguration(
        LinearRegression {
          $0.dimension = 2; $0.exampleCount = 5
        }),
      model: .transformer(
        TransformerConfiguration(
          width: precision == .float32 ? 16 : 64, layers: 2, heads: 2)),
      precision: precision,
      optimizer: AdamWConfiguration(learningRate: 1e-2, warmupSteps: 5), batchSize: 24,
      laneCount: 6, steps: steps, seed: 3,
      heldOut: HeldOutSchedule(interval: 10, episodeCount: 40), checkpointInterval: 10)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var directory: RunDirectory { RunDirectory(path) }

  /// Trains, and stops after a step if told so.
  @discardableResult
  func train(
    workers: Int = 2, resume: Bool = false, stopAfter last: Int? = nil,
    retention: Retention? = nil, fileSystem: any FileSystem = POSIXFileSystem(),
    report: @escaping (TrainingRun.Event) -> Void = { _ in }
  ) throws -> TrainingRun.Outcome {
    let run = try TrainingRun(
      experiment, in: RunDirectory(path, fileSystem: fileSystem),
      engine: try CPUEngine(workers: workers), software: "test")
    var done = 0
    return try run.train(
      resume: resume, retention: retention, shouldStop: { done == last }
    ) { event in
      if case .step(let count, _) = event { done = count }
      report(event)
    }
  }

  /// The records of the log.
  func log() throws -> [MetricsRecord] {
    var records: [MetricsRecord] = []
    try directory.metricsReader.forEach { (record: MetricsRecord) in
      records.append(record)
      return true
    }
    return records
  }

  /// Everything that the run keeps, but for checkpoints of steps at which only a stop saves.
  func files() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      files[name] = FileManager.default.contents(atPath: path + "/" + name)
    }
    return files
  }
}

extension AdamWConfiguration {
  /// Multiplies weights by about `1 − 2 t` in step `t`: those of step 10 are large and those of step
  /// 20 too large. At an eighth of the learning rate they shrink.
  static let diverging = AdamWConfiguration(
    learningRate: 2.4, warmupSteps: 24, weightDecay: 20, maximumNorm: nil)
}
