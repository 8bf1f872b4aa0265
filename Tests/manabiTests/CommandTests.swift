import Foundation
import Testing

@Suite("The program")
struct CommandTests {
  @Test("trains, evaluates, generates, inspects and verifies")
  func wholePath() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run("train", "smoke", "--steps", "20").status == 0)
    let text = try program.run("evaluate", "checkpoints/smoke", "--episodes", "50")
    #expect(text.status == 0 && text.output.contains("leastSquares"))
    #expect(text.errors.contains("Report: checkpoints/smoke/evaluate.html"))
    #expect(program.data("checkpoints/smoke/evaluate.html") != nil)
    #expect(try program.run("verify", "checkpoints/smoke/evaluate.h5").status == 0)

    #expect(
      try program.run("generate", "smoke", "--episodes", "30", "--output", "set.h5").status == 0)
    let json = try program.run("evaluate", "checkpoints/smoke", "--task-set", "set.h5", "--json")
    let curves = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(curves["contextLengths"] as? [Int] == [0, 1, 2, 3, 4])
    let learners = try #require(curves["learners"] as? [String: [String: [Double]]])
    #expect(learners["model"]?["mean"]?.count == 5)
    #expect(learners["leastSquares"]?["low"]?.count == 5)

    let shifted = try program.run(
      "evaluate", "checkpoints/smoke", "--episodes", "50", "--family", "scaledInputs", "--set",
      "family.dimension=2", "--set", "family.exampleCount=5")
    #expect(shifted.status == 0 && shifted.output.contains("leastSquares"))
    let foreign = try program.run("evaluate", "checkpoints/smoke", "--family", "sinusoid")
    #expect(foreign.status == 65 && foreign.errors.contains("2 numbers"))

    let summary = try program.run("inspect", "set.h5")
    #expect(summary.status == 0 && summary.output.contains("episode 30"))
    #expect(try program.run("verify", "set.h5", "checkpoints/smoke/step-000000020.h5").status == 0)
  }

  @Test(
    "says what is wrong and ends with the code for it",
    arguments: [
      (["train"], 64, "Missing"),
      (["train", "nosuch"], 66, "nosuch"),
      (["train", "smoke", "--set", "model.widht=3"], 78, "width"),
      (["train", "smoke", "--set", "optimizer.learningRate=fast"], 78, "learningRate"),
      (["train", "smoke", "--keep", "1"], 64, "--keep"),
      (["replay", "nosuch", "--step", "3"], 66, "nosuch"),
      (["replay", "nosuch", "--step", "0"], 64, "--step"),
      (["train", "smoke", "--workers", "0"], 78, "--workers"),
      (["preview", "linearRegresion"], 78, "did you mean `linearRegression`?"),
      (["preview", "linearRegression", "--set", "dimention=1"], 78, "did you mean `dimension`?"),
      (["preview", "linearRegression", "--set", "dimension=0"], 78, "dimension"),
      (["preview", "linearRegression", "--episodes", "0"], 64, "--episodes"),
      (["preview", "nosuch.yaml"], 66, "nosuch.yaml"),
      (["preview", "text.h5"], 78, "text.h5"),
      (["families", "prototypes"], 78, "prototypeClassification"),
      (["generate", "smok", "--episodes", "1", "--output", "o.h5"], 78, "did you mean `smoke`?"),
      (["evaluate", "nosuch"], 66, "nosuch"),
      (["verify", "text.h5"], 65, "text.h5"),
      (["inspect", "text.h5"], 65, "text.h5"),
      (["verify", "nosuch.h5"], 66, "nosuch.h5"),
    ])
  func errors(arguments: [String], status: Int32, mention: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("This is no sealed file.", to: "text.h5")
    let process = program.process(arguments)
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = pipe
    try process.run()
    let message = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == status)
    #expect(message.contains(mention), "\(message)")
  }

  @Test("says that a processor has no bfloat16, and trains in float32 if it may")
  func fallback() throws {
    let program = try Program()
    defer { program.remove() }
    // oneDNN then uses no newer instructions than those of 2013.
    let old = ["ONEDNN_MAX_CPU_ISA": "AVX2"]
    let refused = try program.run(
      "train", "smoke", "--steps", "2", "--set", "precision=bfloat16", environment: old)
    #expect(refused.status == 69)
    #expect(refused.errors.contains("--float32-fallback"))
    #expect(program.data("checkpoints/smoke/experiment.yaml") == nil)

    let trained = try program.run(
      "train", "smoke", "--steps", "2", "--set", "precision=bfloat16", "--float32-fallback",
      environment: old)
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.errors.contains("training in float32"))
    let experiment = try #require(program.data("checkpoints/smoke/experiment.yaml"))
    #expect(String(decoding: experiment, as: UTF8.self).contains("precision: float32"))
  }

  @Test("finds a single changed bit")
  func damage() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run("generate", "smoke", "--episodes", "3", "--output", "set.h5")
    var bytes = try #require(program.data("set.h5"))
    bytes[bytes.count - 1000] ^= 4
    try bytes.write(to: program.directory.appending(path: "set.h5"))
    let result = try program.run("verify", "set.h5")
    #expect(result.status == 65 && result.output.contains("SHA-256"))
    #expect(try program.run("evaluate", "set.h5").status == 65)
  }
}
