import CPUEngine
import ComputeGraph
import Configuration
import Episodes
import Foundation
import MetaTraining
import RandomKeys
import Storage
import TaskFamilies
import Testing

@Suite("Training from a task set")
struct TaskSetTrainingTests {
  /// Fewer episodes than the run takes, and no multiple of its batch of 24, in shards of 10.
  private static let episodeCount = 67

  /// Draws a set of the run's family beside the run.
  private func write(
    for run: TinyRun, name: String = "set", seed: Int = 1, shardLength: Int = 10, workers: Int = 2,
    withLatents: Bool = true
  ) throws -> String {
    let path = "\(run.path)-\(name)"
    let family = run.experiment.family
    let generation = TaskSetGeneration(
      family: try family.makeFamily(), key: RunStream.generation.key(seed: seed),
      withLatents: withLatents, workers: workers)
    let set = generation.description(
      family: try ConfigurationDocument.yaml(encoding: family), seed: UInt64(seed),
      episodeCount: Self.episodeCount, software: "test")
    _ = try TaskSetWriter.write(
      to: path, set, shardBytes: shardLength * set.shape.byteCount, replaces: true
    ) { try generation.run(set, to: $0) }
    return path
  }

  private func withRun(_ body: (TinyRun, String) throws -> Void) throws {
    let run = TinyRun()
    let path = try write(for: run)
    defer { try? FileManager.default.removeItem(atPath: path) }
    run.experiment.taskSet = TaskSetReference(path: path)
    try body(run, path)
  }

  @Test("Episode i is the one that child i of the key names, however it is cut and drawn")
  func episodes() throws {
    let run = TinyRun()
    let family = try run.experiment.family.makeFamily()
    let key = RunStream.generation.key(seed: 1)
    let expected = (0..<Self.episodeCount).map { family.episode(key.folded(with: $0)) }
    for (length, workers) in [(1, 1), (10, 3), (67, 2), (500, 7)] {
      let path = try write(for: run, shardLength: length, workers: workers)
      defer { try? FileManager.default.removeItem(atPath: path) }
      #expect(try TaskSetReader(path).episodes(0..<Self.episodeCount) == expected)
    }
    let path = try write(for: run, withLatents: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bare = try TaskSetReader(path).episodes(0..<Self.episodeCount)
    #expect(bare.map(\.inputs) == expected.map(\.inputs))
    #expect(bare.map(\.targets) == expected.map(\.targets))
    #expect(bare.allSatisfy { $0.latent.isEmpty })
  }

  @Test("A set's files are the same bytes for any number of workers")
  func sameFiles() throws {
    let run = TinyRun()
    let paths = [
      try write(for: run, name: "one", workers: 1), try write(for: run, name: "three", workers: 3),
    ]
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    for index in 0..<7 {
      let files = paths.map { FileManager.default.contents(atPath: "\($0)/shard-0000\(index).h5") }
      #expect(files[0] != nil && files[0] == files[1])
    }
  }

  @Test("A batch holds the episodes in order, and begins again behind the last")
  func batches() throws {
    try withRun { run, path in
      let layout = run.experiment.layout
      let reader = try TaskSetReader(path)
      let source = TaskSetSource(reader, layout: layout, batchSize: 24)
      let all = try reader.episodes(0..<Self.episodeCount)
      for step in [0, 1, 2, 3, 100, 7] {
        try source.prepare(step)
        let size = layout.tokenCount * layout.tokenWidth
        let targetSize = layout.predictionCount * layout.targetWidth
        for lane in [0..<8, 8..<24] {
          func written(
            _ body: (inout MutableSpan<Float>, inout MutableSpan<Float>) -> Void
          ) -> [[Float]] {
            var tokens = [Float](repeating: -1, count: lane.count * size)
            var targets = [Float](repeating: -1, count: lane.count * targetSize)
            var tokenSpan = tokens.mutableSpan
            var targetSpan = targets.mutableSpan
            body(&tokenSpan, &targetSpan)
            return [tokens, targets]
          }
          let actual = written { tokens, targets in
            source.makeWriter().write(
              step: step, episodes: lane, tokens: &tokens, targets: &targets)
          }
          let expected = written { tokens, targets in
            for (row, index) in lane.enumerated() {
              layout.write(
                all[(step * 24 + index) % Self.episodeCount], at: row, tokens: &tokens,
                targets: &targets)
            }
          }
          #expect(actual == expected, "step \(step)")
        }
      }
    }
  }

  @Test("The run's bytes are the same for any number of workers, and after a stop and a resume")
  func sameBytes() throws {
    try withRun { straight, path in
      try straight.train(workers: 1)
      let expected = try straight.files()
      let interrupted = TinyRun()
      interrupted.experiment.taskSet = TaskSetReference(path: path)
      #expect(try interrupted.train(workers: 3, stopAfter: 13) == .stopped(step: 13))
      #expect(try interrupted.train(workers: 2, resume: true) == .finished)
      let actual = try interrupted.files()
      for (name, data) in expected { #expect(actual[name] == data, "\(name)") }

      let drawn = TinyRun()
      try drawn.train()
      #expect(try drawn.files()["step-000000024.h5"] != expected["step-000000024.h5"])
    }
  }

  @Test("A run is not resumed with another set, nor one whose shard was damaged")
  func otherSet() throws {
    try withRun { run, path in
      try run.train(stopAfter: 3)
      #expect(try run.directory.experiment().contains("digest: "))
      _ = try write(for: run, seed: 2)
      let error = #expect(throws: TrainingError.self) { try run.train(resume: true) }
      #expect("\(try #require(error))".contains("digest"))

      _ = try write(for: run)
      var bytes = try #require(FileManager.default.contents(atPath: "\(path)/shard-00005.h5"))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: "\(path)/shard-00005.h5"))
      let damage = #expect(throws: StorageError.self) { try run.train(resume: true) }
      #expect("\(try #require(damage))".contains("shard-00005.h5"))
    }
  }

  @Test("The set supplies the family, and another beside it is refused")
  func family() throws {
    try withRun { run, path in
      let rest = "steps: 10\ntaskSet: \(path)\n"
      let experiment = try Experiment(try ConfigurationDocument(yaml: rest, name: "test.yaml"))
      #expect(experiment.family == run.experiment.family)
      #expect(experiment.taskSet == TaskSetReference(path: path))
      let same = "family: {kind: linearRegression, dimension: 2, exampleCount: 5}\n"
      #expect(
        try Experiment(try ConfigurationDocument(yaml: same + rest, name: "test.yaml"))
          == experiment)
      let other = "family: {kind: linearRegression, dimension: 3}\n"
      let error = #expect(throws: ConfigurationError.self) {
        try Experiment(try ConfigurationDocument(yaml: other + rest, name: "test.yaml"))
      }
      #expect("\(try #require(error))".contains("family"))
    }
  }

  @Test("A set of another shape or another digest is refused")
  func mismatch() throws {
    try withRun { run, path in
      run.experiment.family = FamilyConfiguration(
        LinearRegression {
          $0.dimension = 3; $0.exampleCount = 5
        })
      let shape = try #require(throws: TrainingError.self) { try run.train() }
      #expect("\(shape)".contains("3 numbers"))
      let other = TinyRun()
      other.experiment.taskSet = TaskSetReference(path: path, digest: "0")
      #expect(throws: TrainingError.self) { try other.train() }
    }
  }
}
