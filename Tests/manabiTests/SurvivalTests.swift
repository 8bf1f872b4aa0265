import Foundation
import Testing

/// A run that is stopped, rivalled, damaged and computed again, as a user sees it.
struct SurvivalTests {
  private let program: Program
  private static let settings = [
    "--set", "steps=1000", "--set", "model.width=32", "--set", "model.layers=2",
  ]
  /// Steps of about a second, so that one is under way when a signal comes.
  private static let slow = [
    "--set", "model.width=128", "--set", "model.layers=4", "--set", "batchSize=8192",
    "--set", "family.exampleCount=32",
  ]

  init() throws { program = try Program() }

  private func start(_ arguments: [String]) throws -> Process {
    let process = program.process(["train", "smoke"] + arguments)
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Waits until a run has made a file, and returns whether it has.
  private func wait(for file: String, of process: Process) -> Bool {
    while program.data(file) == nil, process.isRunning { sched_yield() }
    return program.data(file) != nil
  }

  @Test(
    "Stopped by a signal and resumed, a run ends byte-identical to one that was not",
    arguments: [SIGTERM, SIGINT, SIGUSR1, SIGHUP])
  func signals(number: Int32) throws {
    defer { program.remove() }
    let straight = try start(["--name", "straight"] + Self.settings)
    straight.waitUntilExit()
    #expect(straight.terminationStatus == 0)

    let stopped = try start(["--name", "stopped"] + Self.settings)
    // The first checkpoint shows that training is on its way.
    #expect(wait(for: "checkpoints/stopped/step-000000100.h5", of: stopped))
    kill(stopped.processIdentifier, number)
    stopped.waitUntilExit()
    #expect(stopped.terminationReason == .exit && stopped.terminationStatus == 75)
    #expect(program.data("checkpoints/stopped/step-000001000.h5") == nil)

    let resumed = try start(["--name", "stopped", "--resume", "--workers", "1"] + Self.settings)
    resumed.waitUntilExit()
    #expect(resumed.terminationStatus == 0)
    for file in ["step-000001000.h5", "metrics.jsonl", "experiment.yaml"] {
      let expected = try #require(program.data("checkpoints/straight/\(file)"))
      #expect(program.data("checkpoints/stopped/\(file)") == expected, "\(file)")
    }
  }

  @Test("A second SIGINT ends the program at once, and does no damage")
  func secondInterrupt() throws {
    defer { program.remove() }
    let run = try start(["--name", "slow"] + Self.slow)
    #expect(wait(for: "checkpoints/slow/experiment.yaml", of: run))
    kill(run.processIdentifier, SIGINT)
    kill(run.processIdentifier, SIGTERM)
    kill(run.processIdentifier, SIGINT)
    run.waitUntilExit()
    // Signals that arrive together are one; the third is then a second of its kind or the first.
    while run.isRunning { sched_yield() }
    #expect([75, 130].contains(run.terminationStatus))
    #expect(program.data("checkpoints/slow/step-000000001.h5") == nil)
    let verdict = try program.run("verify", "checkpoints/slow")
    #expect(verdict.status == 66)
  }

  @Test("A run has one trainer at a time, and the lock of a killed one is taken over")
  func rivals() throws {
    defer { program.remove() }
    let owner = try start(["--name", "run"] + Self.slow)
    #expect(wait(for: "checkpoints/run/experiment.yaml", of: owner))
    let rival = try program.run(["train", "smoke", "--name", "run", "--resume"] + Self.slow)
    #expect(rival.status == 75)
    #expect(rival.errors.contains("process \(owner.processIdentifier) on "))
    kill(owner.processIdentifier, SIGKILL)
    owner.waitUntilExit()
    let next = try program.run(
      ["train", "smoke", "--name", "run", "--resume", "--set", "seed=5"] + Self.slow)
    // It has the lock, and then finds that the run is another's.
    #expect(next.status == 78 && next.errors.contains("seed: 0"))
  }

  @Test("What was logged is computed again to the bit, and a change of the log is found")
  func replay() throws {
    defer { program.remove() }
    #expect(try program.run("train", "smoke", "--steps", "120", "--keep", "2").status == 0)
    let equal = try program.run("replay", "checkpoints/smoke", "--step", "110")
    #expect(equal.status == 0 && equal.output.contains("Equal to the bit"))
    let log = try #require(program.data("checkpoints/smoke/metrics.jsonl"))
    let changed = String(decoding: log, as: UTF8.self).replacing(
      #/"loss":(\d)\.(\d+),"step":110/#
    ) { match in
      "\"loss\":9\(match.1).\(match.2),\"step\":110"
    }
    try program.write(changed, to: "checkpoints/smoke/metrics.jsonl")
    let different = try program.run("replay", "checkpoints/smoke", "--step", "110", "--json")
    #expect(different.status == 65 && different.output.contains("\"firstDifference\" : 110"))
  }

  @Test("Verifying a run looks at all its checkpoints and at its log")
  func verify() throws {
    defer { program.remove() }
    #expect(try program.run("train", "smoke", "--steps", "120").status == 0)
    let whole = try program.run("verify", "checkpoints/smoke")
    #expect(whole.status == 0 && whole.output.split(separator: "\n").count == 2)
    let log = try #require(program.data("checkpoints/smoke/metrics.jsonl"))
    try program.write(
      String(decoding: log.prefix(9000), as: UTF8.self), to: "checkpoints/smoke/metrics.jsonl")
    let short = try program.run("verify", "checkpoints/smoke")
    #expect(short.status == 65 && short.output.contains("metrics.jsonl"))
  }

  @Test("A run that diverges ends with 79 and a report; its last checkpoint is finite")
  func diverging() throws {
    defer { program.remove() }
    let settings = [
      "--set", "optimizer.learningRate=2.4", "--set", "optimizer.weightDecay=20", "--set",
      "optimizer.warmupSteps=100", "--set", "optimizer.maximumNorm=null", "--set",
      "checkpointInterval=10",
    ]
    let halted = try program.run(["train", "smoke", "--name", "halted"] + settings)
    #expect(halted.status == 79 && halted.errors.contains("is not finite"))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: program.directory.appending(path: "checkpoints/halted").path)
    let report = try #require(names.first { $0.hasPrefix("non-finite-") })
    let step = try #require(Int(report.dropFirst("non-finite-".count).dropLast(".json".count)))
    #expect(try program.run("verify", "checkpoints/halted").status == 0)
    #expect(try program.run("replay", "checkpoints/halted", "--step", "\(step)").status == 0)

    let cured = try program.run(
      ["train", "smoke", "--name", "cured", "--set", "nonFinite=rollback"] + settings)
    #expect(cured.status == 0 && cured.errors.contains("times the learning rate"))
  }
}
