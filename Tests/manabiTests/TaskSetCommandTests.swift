import Foundation
import Testing

@Suite("The program's task sets")
struct TaskSetCommandTests {
  private func withProgram(_ body: (Program) throws -> Void) throws {
    let program = try Program()
    defer { program.remove() }
    try body(program)
  }

  @Test("are generated in shards, inspected, verified, evaluated on and trained from")
  func wholePath() throws {
    try withProgram { program in
      // 17 numbers an episode: shards of 15.
      let generated = try program.run(
        "generate", "smoke", "--episodes", "40", "--output", "sets/one", "--shard-size", "1K",
        "--json")
      #expect(generated.status == 0 && generated.output.contains("\"shards\" : 3"))
      let summary = try program.run("inspect", "sets/one")
      #expect(summary.status == 0 && summary.output.contains("task set of 3 shards"))
      let verified = try program.run("verify", "sets/one")
      #expect(verified.status == 0 && verified.output.contains("shard-00002.h5: intact"))

      let trained = try program.run(
        "train", "smoke", "--steps", "20", "--set", "taskSet=sets/one")
      #expect(trained.status == 0, "\(trained.errors)")
      let experiment = try #require(program.data("checkpoints/smoke/experiment.yaml"))
      #expect(String(decoding: experiment, as: UTF8.self).contains("digest: "))
      let evaluated = try program.run("evaluate", "checkpoints/smoke", "--task-set", "sets/one")
      #expect(evaluated.status == 0 && evaluated.output.contains("leastSquares"))

      try FileManager.default.removeItem(
        at: program.directory.appending(path: "sets/one/shard-00001.h5"))
      for arguments in [
        ["evaluate", "checkpoints/smoke", "--task-set", "sets/one"], ["inspect", "sets/one"],
        ["verify", "sets/one"],
      ] {
        let result = try program.run(arguments)
        #expect(result.status == 65)
        #expect((result.errors + result.output).contains("shard-00001.h5"), "\(result.errors)")
      }
    }
  }

  @Test("are not evaluated on by a model of another family")
  func mismatch() throws {
    try withProgram { program in
      try program.run("train", "smoke", "--steps", "2")
      try program.run(
        "generate", "quickstart-classification", "--episodes", "3", "--output", "set.h5")
      let result = try program.run("evaluate", "checkpoints/smoke", "--task-set", "set.h5")
      #expect(result.status == 65 && result.errors.contains("classes"), "\(result.errors)")
    }
  }

  @Test("are not overwritten unless that is asked for")
  func existing() throws {
    try withProgram { program in
      let command = ["generate", "smoke", "--episodes", "3", "--output", "set"]
      #expect(try program.run(command).status == 0)
      let refused = try program.run(command)
      #expect(refused.status == 73 && refused.errors.contains("--force"))
      #expect(try program.run(command + ["--force"]).status == 0)
    }
  }

  @Test("leave nothing behind when a signal stops them", arguments: [SIGTERM, SIGINT])
  func signal(number: Int32) throws {
    try withProgram { program in
      let process = program.process([
        "generate", "smoke", "--episodes", "1000000000", "--output", "set", "--shard-size", "1M",
      ])
      process.standardError = FileHandle.nullDevice
      try process.run()
      while program.data("set.partial/shard-00001.h5") == nil, process.isRunning { sched_yield() }
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      #expect(process.terminationStatus == 75)
      #expect(try FileManager.default.contentsOfDirectory(atPath: program.directory.path).isEmpty)
    }
  }

  @Test("go out as a dump of tables and come in again")
  func exchange() throws {
    try withProgram { program in
      try program.run(
        "generate", "quickstart-classification", "--episodes", "9", "--output", "set.h5")
      #expect(try program.run("export", "set.h5", "--output", "dump.h5").status == 0)
      #expect(try program.run("export", "set.h5", "--output", "dump.h5").status == 73)
      let imported = try program.run("import", "dump.h5", "--output", "again", "--rows", "10")
      #expect(imported.status == 0 && imported.errors.contains("9 were cut"), "\(imported.errors)")
      let summary = try program.run("inspect", "again/shard-00000.h5")
      #expect(summary.output.contains("example 10, feature 16"), "\(summary.output)")
      let refused = try program.run("import", "set.h5", "--output", "other")
      #expect(refused.status == 65 && refused.errors.contains("/X"), "\(refused.errors)")
      #expect(program.data("other") == nil && program.data("other.partial") == nil)
    }
  }
}
