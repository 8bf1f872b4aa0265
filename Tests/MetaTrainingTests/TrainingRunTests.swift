import CPUEngine
import ComputeGraph
import Episodes
import Foundation
import MetaTraining
import Optimizers
import Storage
import TaskFamilies
import Testing

@Suite("A training run")
struct TrainingRunTests {
  /// The precisions of this processor.
  static let precisions = Precision.allCases.filter {
    (try? CPUEngine(workers: 1))?.supports($0) ?? false
  }

  @Test("gives the same bytes for any number of workers", arguments: [2, 3], precisions)
  func workers(count: Int, precision: Precision) throws {
    let (alone, together) = (TinyRun(precision: precision), TinyRun(precision: precision))
    #expect(try alone.train(workers: 1) == .finished)
    #expect(try together.train(workers: count) == .finished)
    let (expected, actual) = (try alone.files(), try together.files())
    #expect(expected.keys.sorted() == actual.keys.sorted())
    #expect(expected.keys.contains("step-000000024.h5"))
    for (name, data) in expected { #expect(actual[name] == data, "\(name)") }
  }

  @Test(
    "ends with the same bytes after a stop and a resume", arguments: [1, 10, 13, 23], precisions)
  func resume(stop: Int, precision: Precision) throws {
    let (straight, interrupted) = (TinyRun(precision: precision), TinyRun(precision: precision))
    try straight.train()
    #expect(try interrupted.train(stopAfter: stop) == .stopped(step: stop))
    #expect(try interrupted.train(workers: 1, resume: true) == .finished)
    let (expected, actual) = (try straight.files(), try interrupted.files())
    for (name, data) in expected { #expect(actual[name] == data, "\(name)") }
  }

  @Test("learns: the loss on unseen tasks falls")
  func learns() throws {
    let run = TinyRun(steps: 300)
    try run.train()
    let text = try String(contentsOfFile: run.directory.metricsPath, encoding: .utf8)
    let scores = text.split(separator: "\n").filter { $0.contains("heldOut") }
    let means = scores.compactMap { line -> Double? in
      line.range(of: "\"mean\":").flatMap {
        Double(line[$0.upperBound...].prefix { $0.isNumber || $0 == "." })
      }
    }
    // Untrained the error is 1 and more; averaging, which is easily found, comes below 0.9 here.
    #expect(means.count == 30)
    #expect(try #require(means.last) < 0.9 * #require(means.first))
  }

  @Test("learns what follows in a sequence of tokens")
  func tokens() throws {
    let run = TinyRun(steps: 300)
    run.experiment.family = FamilyConfiguration(
      MarkovChains {
        $0.symbolCount = 2
        $0.exampleCount = 12
      })
    run.experiment.format = .tokens
    run.experiment.heldOut.episodeCount = 400
    try run.train()
    let text = try String(contentsOfFile: run.directory.metricsPath, encoding: .utf8)
    let scores = text.split(separator: "\n").filter { $0.contains("accuracy") }
    let means = scores.compactMap { line -> Double? in
      line.range(of: "\"mean\":").flatMap {
        Double(line[$0.upperBound...].prefix { $0.isNumber || $0 == "." })
      }
    }
    // By chance half are right, and repeating the more frequent symbol makes it more. The standard
    // error of 4800 predictions is 0.007 and somewhat more, as those of an episode are related.
    #expect(means.count == 30)
    #expect(try #require(means.last) > 0.57)
  }

  @Test("passes over a damaged checkpoint and goes on from the one before")
  func damaged() throws {
    let (straight, damaged) = (TinyRun(), TinyRun())
    try straight.train()
    try damaged.train(stopAfter: 13)
    let path = damaged.directory.checkpointPath(step: 13)
    var bytes = try #require(FileManager.default.contents(atPath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path))
    #expect(try damaged.train(resume: true) == .finished)
    let name = "step-000000024.h5"
    #expect(try straight.files()[name] == damaged.files()[name])
    #expect(try straight.files()["metrics.jsonl"] == damaged.files()["metrics.jsonl"])
  }

  @Test("does not overwrite a run")
  func exists() throws {
    let run = TinyRun(steps: 2)
    try run.train()
    #expect(throws: TrainingError.exists(run: run.path)) { try run.train() }
  }

  @Test("begins anew where a run died before its first checkpoint", arguments: [false, true])
  func diedEarly(resumes: Bool) throws {
    let (straight, died) = (TinyRun(steps: 4), TinyRun(steps: 4))
    try straight.train()
    try died.train()
    try FileManager.default.removeItem(atPath: died.directory.checkpointPath(step: 4))
    #expect(try died.train(resume: resumes) == .finished)
    #expect(try died.files() == straight.files())
  }

  @Test("that is to be resumed and is not there begins, and says so")
  func missing() throws {
    let (straight, resumed) = (TinyRun(), TinyRun())
    try straight.train()
    var begins = 0
    try resumed.train(resume: true) { event in if case .begins = event { begins += 1 } }
    #expect(begins == 1)
    #expect(try straight.files() == resumed.files())
  }

  @Test("resumes an experiment that was written down before there was a setting")
  func olderExperiment() throws {
    let run = TinyRun()
    try run.train(stopAfter: 10)
    let checkpoint = try run.directory.checkpoint(step: 10)
    var older = checkpoint
    older.experiment = checkpoint.experiment.replacing("nonFinite: halt\n", with: "")
    #expect(older.experiment != checkpoint.experiment)
    try run.directory.save(older)
    #expect(try run.train(resume: true) == .finished)
  }

  @Test("keeps the newest checkpoints and the best, and ends with the same")
  func retention() throws {
    let run = TinyRun(steps: 60)
    run.experiment.checkpointInterval = 5
    try run.train(retention: Retention(newest: 3))
    var best: (step: Int, score: Double)?
    for case .score(let record) in try run.log() where record.step < 60 {
      if record.heldOut.mean < best?.score ?? .infinity {
        best = (record.step, record.heldOut.mean)
      }
    }
    let expected = Set([50, 55, 60, try #require(best).step])
    #expect(try Set(run.directory.checkpointSteps()) == expected)
  }

  @Test("is trained by one process at a time")
  func busy() throws {
    let run = TinyRun()
    let lock = try run.directory.lock()
    let error = withExtendedLifetime(lock) {
      #expect(throws: StorageError.self) { try run.train() }
    }
    #expect(error?.exitCode == 75)
    #expect(!run.directory.exists)
  }

  @Test("does not resume another experiment, and names the difference")
  func differs() throws {
    let run = TinyRun()
    try run.train(stopAfter: 3)
    run.experiment.seed = 4
    let error = #expect(throws: TrainingError.self) { try run.train(resume: true) }
    #expect("\(try #require(error))".contains("seed: 3"))
  }
}
