import Foundation
import Testing

@Suite("Measurements of speed")
struct BenchTests {
  /// A command's JSON object.
  private func json(_ arguments: String...) throws -> [String: Any] {
    let program = try Program()
    defer { program.remove() }
    let process = program.process(["bench"] + arguments)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
  }

  @Test("peak prints a rate for each core, and their sum")
  func peak() throws {
    let result = try json("peak", "--workers", "2", "--json")
    let cores = try #require(result["cores"] as? [Double])
    let total = try #require(result["gflops"] as? Double)
    #expect(cores.count == 2 && cores.allSatisfy { $0 > 0 })
    // Each number is rounded to a tenth.
    #expect(abs(cores.reduce(0, +) - total) < 0.2)
  }

  @Test("step times any experiment")
  func step() throws {
    let result = try json(
      "step", "--workload", "smoke", "--set", "batchSize=8", "--steps", "3", "--json")
    #expect(result["workload"] as? String == "smoke")
    #expect(result["precision"] as? String == "float32")
    #expect(result["steps"] as? Int == 3)
    #expect(try #require(result["milliseconds"] as? Double) > 0)
    #expect(try #require(result["peakResidentMebibytes"] as? Double) > 1)
  }

  @Test(
    "counts the useful operations of a step",
    arguments: [
      // 64 episodes of 82 tokens:
      // 6 · (3 · 12 · 64² + 20 · 64) · 82 · 64 + 3 · 12 · 64 · 64 · 82 · 83 / 2.
      (["--workload", "d64"], 5_185_191_936.0),
      // Queries have neither keys nor values: 2 · 64² · 41 weights less in each layer; tokens are
      // 22 wide; pairs are 41 · 42 / 2 and 40 · 41 / 2.
      (["--workload", "d64", "--set", "format=paired"], 4_548_378_624.0),
    ])
  func operations(arguments: [String], expected: Double) throws {
    let program = try Program()
    defer { program.remove() }
    let process = program.process(["bench", "step", "--describe"] + arguments)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let description = try #require(
      try JSONSerialization.jsonObject(with: output) as? [String: Any])
    #expect(description["operations"] as? Double == expected)
    let experiment = try #require(description["experiment"] as? [String: Any])
    #expect((experiment["model"] as? [String: Any])?["width"] as? Int == 64)
  }

  @Test("products lists those of the plan with their share of the peak")
  func products() throws {
    let result = try json("products", "--workload", "smoke", "--steps", "1", "--json")
    let rows = try #require(result["products"] as? [[String: Any]])
    // Forward and both gradients; the model is 16 wide and expands to 64.
    for (role, inner, columns) in [
      ("forward", 16, 64), ("input gradient", 64, 16), ("weight gradient", nil, 64),
    ] {
      #expect(
        rows.contains {
          $0["role"] as? String == role && $0["columns"] as? Int == columns
            && (inner == nil || $0["inner"] as? Int == inner)
        }, "\(role)")
    }
    #expect(rows.allSatisfy { ($0["gflopsPerCore"] as? Double ?? -1) >= 0 })
    #expect(try #require(result["peakGflopsPerCore"] as? Double) > 0)
  }

  @Test("kernels lists the loops of a step, of a forward pass, and of sampling")
  func kernels() throws {
    let result = try json("kernels", "--workload", "smoke", "--steps", "1", "--json")
    let rows = try #require(result["kernels"] as? [[String: Any]])
    let names = Set(rows.compactMap { $0["kernel"] as? String })
    for name in [
      "layer norm", "layer norm gradient", "activation", "activation with derivative",
      "column sums", "sum of lanes", "AdamW", "sampling episodes", "normal numbers",
    ] {
      #expect(names.contains(name), "\(name)")
    }
  }

  @Test("says what it cannot measure", arguments: [["--steps", "0"], ["--workload", "nosuch"]])
  func errors(arguments: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    let process = program.process(["bench", "step"] + arguments)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == (arguments[0] == "--steps" ? 64 : 66))
  }

  @Test("save times every stage, and leaves nothing")
  func save() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("bench", "save", "smoke", "--rounds", "2", "--json")
    #expect(result.status == 0)
    let cost = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    for stage in ["image", "seal", "write", "synchronize", "background", "copy", "firstCopy"] {
      #expect(try #require(cost["\(stage)Milliseconds"] as? Double) >= 0, "\(stage)")
    }
    // Parameters and both moments, four bytes each.
    let parameters = try #require(cost["parameters"] as? Int)
    #expect(try #require(cost["bytes"] as? Int) > 12 * parameters)
    let left = try FileManager.default.contentsOfDirectory(atPath: program.directory.path)
    #expect(Set(left) == [".out", ".err"])
  }
}
