import CPUEngine
import Foundation
import MetaTraining
import Optimizers
import Storage
import Testing

@Suite("Replaying a step")
struct ReplayTests {
  private func replay(_ step: Int, of run: TinyRun, workers: Int = 1) throws -> Replay {
    try Replay(step, of: run.directory, engine: try CPUEngine(workers: workers))
  }

  @Test("finds what was logged, from the nearest checkpoint", arguments: [1, 10, 11, 17, 24])
  func equal(step: Int) throws {
    let run = TinyRun()
    try run.train()
    let before = try run.files()
    let replay = try replay(step, of: run, workers: 2)
    #expect(replay.isEqual)
    #expect(replay.checkpoint == [0, 10, 20].last { $0 < step })
    #expect(replay.logged == replay.computed)
    #expect(try run.files() == before)
  }

  @Test("finds a single bit of the gradient that differs, and where it began")
  func different() throws {
    let run = TinyRun()
    try run.train()
    var log = try String(contentsOfFile: run.directory.metricsPath, encoding: .utf8)
    guard case .step(let record) = try run.log()[14] else {
      Issue.record("Line 15 is a step: there is one score before it.")
      return
    }
    let hash = try #require(UInt64(record.gradientHash, radix: 16))
    log = log.replacing(record.gradientHash, with: String(hash ^ 1 << 40, radix: 16))
    try log.write(to: URL(filePath: run.directory.metricsPath), atomically: true, encoding: .utf8)
    #expect(record.step == 14)
    #expect(try replay(14, of: run).firstDifference == 14)
    #expect(try replay(17, of: run).firstDifference == 14)
    #expect(try replay(13, of: run).isEqual)
  }

  @Test("finds the numbers of a step that was not finite, and of a run that went back")
  func nonFinite() throws {
    let run = TinyRun()
    run.experiment.optimizer = .diverging
    let error = #expect(throws: TrainingError.self) { try run.train() }
    guard case .nonFinite(let report) = error else {
      Issue.record("Another error: \(String(describing: error))")
      return
    }
    #expect(try replay(report.step, of: run).isEqual)

    let cured = TinyRun()
    cured.experiment.optimizer = run.experiment.optimizer
    cured.experiment.nonFinite = .rollback
    try cured.train()
    #expect(try replay(24, of: cured).isEqual)
  }

  @Test("of a step that nobody knows is refused")
  func unknown() throws {
    let run = TinyRun()
    try run.train(stopAfter: 12)
    #expect(throws: TrainingError.notLogged(run: run.path, step: 13, last: 12)) {
      try replay(13, of: run)
    }
  }
}
