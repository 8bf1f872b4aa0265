import Foundation
import Testing

/// Sweeps as a user runs them.
struct SweepCommandTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let tiny = """
    base: smoke
    set: {steps: 30, heldOut.interval: 10, heldOut.episodeCount: 16, checkpointInterval: 10}
    grid:
      family.noise: [0, 0.5]
      seed: [0, 1]
    """

  private func sweep(_ arguments: String...) throws -> Program.Result {
    try program.run(["sweep", "tiny.yaml", "--episodes", "32", "--workers", "2"] + arguments)
  }

  private func json(_ result: Program.Result) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test("trains every point once, and compares them")
  func wholePath() throws {
    defer { program.remove() }
    try program.write(Self.tiny, to: "tiny.yaml")
    let plan = try sweep("--dry-run")
    #expect(plan.status == 0 && plan.output.contains("noise=0.5,seed=1"))
    #expect(program.data("checkpoints/tiny/sweep.yaml") == nil)

    let first = try sweep("--json")
    #expect(first.status == 0, "\(first.errors)")
    let points = try #require(try json(first)["points"] as? [[String: Any]])
    #expect(points.count == 4)
    #expect(points.allSatisfy { $0["state"] as? String == "finished" })
    let checkpoint = "checkpoints/tiny/noise=0,seed=1/step-000000030.h5"
    let bytes = try #require(program.data(checkpoint))

    // One that was never in a sweep has the same bytes.
    let alone = try program.run(
      "train", "checkpoints/tiny/noise=0,seed=1/experiment.yaml", "--name", "alone")
    #expect(alone.status == 0)
    #expect(program.data("checkpoints/alone/step-000000030.h5") == bytes)

    let again = try sweep("--json")
    #expect(again.output == first.output)
    #expect(!again.errors.contains("steps to go"))
    #expect(try sweep("--report-only", "--json").output == first.output)
    let table = try sweep("--report-only")
    #expect(table.output.contains("regime") && table.output.contains("of 2"))
  }

  @Test("refuses a changed file, and adds points if asked")
  func changed() throws {
    defer { program.remove() }
    try program.write(Self.tiny, to: "tiny.yaml")
    #expect(try sweep().status == 0)
    #expect(try sweep("--set", "batchSize=32").status == 78)
    try program.write(Self.tiny.replacing("[0, 1]", with: "[0, 1, 2]"), to: "tiny.yaml")
    let refused = try sweep()
    #expect(refused.status == 78 && refused.errors.contains("seed=2"))
    let extended = try sweep("--extend")
    #expect(extended.status == 0 && extended.errors.contains("4 of them finished"))
  }

  @Test("names a point that fails, trains the others, and ends with its code")
  func failure() throws {
    defer { program.remove() }
    let text = Self.tiny.replacing(
      "seed: [0, 1]",
      with: """
        rate:
            - {name: sound, set: {seed: 0}}
            - name: diverging
              set:
                optimizer: {learningRate: 2.4, weightDecay: 40, warmupSteps: 5, maximumNorm: null}
        """)
    try program.write(text, to: "tiny.yaml")
    let result = try sweep("--json")
    #expect(result.status == 79, "\(result.errors)")
    #expect(result.errors.contains("noise=0.5,rate=diverging: Step"))
    let points = try #require(try json(result)["points"] as? [[String: Any]])
    #expect(
      points.compactMap { $0["state"] as? String } == ["finished", "failed", "finished", "failed"])
  }

  /// The processes that a process has started.
  private func children(of process: Process) throws -> [Int32] {
    let list = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init)
    return list.filter { child in
      let text = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
      let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 1 && Int32(fields[1]) == process.processIdentifier
    }
  }

  private func start(_ arguments: [String]) throws -> Process {
    let process = program.process(["sweep", "tiny.yaml", "--episodes", "32"] + arguments)
    try program.write("", to: "news")
    process.standardError = try FileHandle(
      forWritingTo: program.directory.appending(path: "news"))
    try process.run()
    return process
  }

  private func wait(for file: String, of process: Process) -> Bool {
    while program.data(file) == nil, process.isRunning { sched_yield() }
    return program.data(file) != nil
  }

  /// Long enough to be caught in the act.
  private static let long = tiny.replacing("steps: 30", with: "steps: 3000")

  @Test("outlives the crash of a point")
  func crash() throws {
    defer { program.remove() }
    try program.write(Self.long, to: "tiny.yaml")
    let process = try start(["--workers", "1"])
    #expect(wait(for: "checkpoints/tiny/noise=0,seed=0/step-000000010.h5", of: process))
    let child = try #require(try children(of: process).first)
    kill(child, SIGSEGV)
    #expect(wait(for: "checkpoints/tiny/noise=0,seed=1/step-000000010.h5", of: process))
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationStatus == 75)
    let news = String(decoding: try #require(program.data("news")), as: UTF8.self)
    #expect(news.contains("noise=0,seed=0 failed: its process was ended by signal 11"), "\(news)")
  }

  @Test("stops with checkpoints, and goes on to the same bytes")
  func stopping() throws {
    defer { program.remove() }
    let text = Self.long.replacing("3000", with: "400")
    try program.write(text, to: "tiny.yaml")
    #expect(try sweep("--name", "straight").status == 0)
    let process = try start(["--workers", "2"])
    #expect(wait(for: "checkpoints/tiny/noise=0,seed=1/step-000000010.h5", of: process))
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationStatus == 75)
    #expect(try children(of: process).isEmpty)
    #expect(try sweep().status == 0)
    for name in ["noise=0,seed=0", "noise=0,seed=1", "noise=0.5,seed=1"] {
      for file in ["step-000000400.h5", "metrics.jsonl"] {
        let expected = try #require(program.data("checkpoints/straight/\(name)/\(file)"))
        #expect(program.data("checkpoints/tiny/\(name)/\(file)") == expected, "\(name)/\(file)")
      }
    }
  }

  @Test(
    "says what is wrong and ends with the code for it",
    arguments: [
      (["sweep", "nosuch"], 66, "gpicl-phase-diagram"),
      (["sweep", "tiny.yaml", "--rows", "noize"], 78, "noize"),
      (["sweep", "tiny.yaml", "--rows", "noise", "--columns", "noise"], 78, "two different"),
      (["sweep", "tiny.yaml", "--report-only"], 66, "no checkpoint"),
      (["sweep", "tiny.yaml", "--report-only", "--dry-run"], 64, "--dry-run"),
      (["train-point", "x", "--parent", "1"], 64, "use sweep"),
    ])
  func errors(arguments: [String], status: Int32, mention: String) throws {
    defer { program.remove() }
    try program.write(Self.tiny, to: "tiny.yaml")
    let result = try program.run(arguments)
    #expect(result.status == status)
    #expect(result.errors.contains(mention), "\(result.errors)")
  }

  @Test("All sweeps that come along have points, and print as YAML that says the same")
  func recipes() throws {
    defer { program.remove() }
    let shown = try program.run("recipe", "show", "gpicl-phase-diagram")
    #expect(shown.status == 0)
    try program.write(shown.output, to: "tiny.yaml")
    // Small enough to be timed in a moment.
    let size = ["--set", "model.width=8", "--set", "model.layers=1", "--set", "batchSize=8"]
    let named = try program.run(["sweep", "gpicl-phase-diagram", "--dry-run"] + size)
    let file = try program.run(["sweep", "tiny.yaml", "--dry-run"] + size)
    let names = { (text: String) in
      text.split(separator: "\n").filter { $0.contains("seed=") }.map { $0.prefix(30) }
    }
    #expect(named.status == 0 && names(named.output) == names(file.output))
    #expect(names(named.output).count >= 12)
  }
}
