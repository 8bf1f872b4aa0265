import Foundation
import Testing

@Suite("evaluate", .serialized)
struct EvaluateTests {
  /// Two seeds of one experiment, with three checkpoints each.
  private static func trained() throws -> Program {
    let program = try Program()
    for seed in 1...2 {
      let run = try program.run(
        "train", "smoke", "--steps", "30", "--set", "checkpointInterval=10", "--set",
        "seed=\(seed)", "--name", "seed-\(seed)")
      try #require(run.status == 0, "\(run.errors)")
    }
    return program
  }

  private static func answer(_ result: Program.Result) throws -> [String: Any] {
    try #require(result.status == 0, "\(result.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
  }

  @Test("Seeds stand side by side, and as their mean with the spread")
  func seeds() throws {
    let program = try Self.trained()
    defer { program.remove() }
    let runs = ["checkpoints/seed-1", "checkpoints/seed-2"]
    let answer = try Self.answer(
      program.run(["evaluate"] + runs + ["--episodes", "40", "--json"]))
    let learners = try #require(answer["learners"] as? [String: [String: [Double]]])
    let spreads = try #require(answer["spreads"] as? [[String: Any]])
    #expect(spreads.count == 1)
    #expect(spreads.first?["members"] as? [String] == ["seed-1", "seed-2"])
    let means = try ["seed-1", "seed-2"].map { try #require(learners[$0]?["mean"]) }
    let mean = try #require(spreads.first?["mean"] as? [Double])
    for place in mean.indices {
      // Half a sum, in text and back.
      #expect(abs(mean[place] - (means[0][place] + means[1][place]) / 2) < 1e-12)
    }
    // Alone, a checkpoint scores on the same tasks what it scores beside others.
    let alone = try Self.answer(
      program.run("evaluate", runs[1], "--episodes", "40", "--json", "--no-report"))
    let own = try #require(alone["learners"] as? [String: [String: [Double]]])
    #expect(own["model"] == learners["seed-2"])
    #expect(program.data("checkpoints/seed-2/evaluate.html") == nil)
    #expect(program.data("checkpoints/seed-1/evaluate.html") != nil)
  }

  @Test("Checkpoints of one run are named by their steps, and a list chooses some")
  func steps() throws {
    let program = try Self.trained()
    defer { program.remove() }
    let all = try program.run(
      "evaluate", "checkpoints/seed-1", "--steps", "all", "--episodes", "20", "--learners", "none",
      "--report", "here")
    #expect(all.status == 0, "\(all.errors)")
    #expect(
      all.output.hasPrefix("error after  step 10  step 20  step 30\n"), "\(all.output)")
    let page = try #require(program.data("here.html"))
    #expect(String(decoding: page, as: UTF8.self).contains("step 20"))
    let some = try program.run(
      "evaluate", "checkpoints/seed-1", "--steps", "30,10", "--episodes", "20", "--learners",
      "oracle", "--no-report")
    #expect(some.output.hasPrefix("error after  step 30  step 10  leastSquares\n"))
    let missing = try program.run("evaluate", "checkpoints/seed-1", "--steps", "10,11")
    #expect(missing.status == 78 && missing.errors.contains("it has 10, 20, 30"))
    for text in ["ten", "1,,2", "-1"] {
      #expect(
        try program.run("evaluate", "checkpoints/seed-1", "--steps=\(text)").status == 64)
    }
  }

  @Test("Learners are chosen by name, and an unknown one is told from those there are")
  func learners() throws {
    let program = try Self.trained()
    defer { program.remove() }
    let chosen = try program.run(
      "evaluate", "checkpoints/seed-1", "--episodes", "20", "--learners", "lasso,ridge,lasso")
    #expect(chosen.output.hasPrefix("error after  model  lasso  ridge\n"), "\(chosen.output)")
    let unknown = try program.run("evaluate", "checkpoints/seed-1", "--learners", "ridge,rigde")
    #expect(unknown.status == 78)
    #expect(unknown.errors.contains("did you mean `ridge`?"))
    #expect(unknown.errors.contains("gradientBoostedTrees"))
  }

  @Test("Longer contexts than those of training are marked, or refused where positions end")
  func length() throws {
    let program = try Self.trained()
    defer { program.remove() }
    let longer = try program.run(
      "evaluate", "checkpoints/seed-1", "--episodes", "20", "--examples", "9", "--report", "long")
    #expect(longer.status == 0 && longer.output.contains("\n          8"), "\(longer.output)")
    let page = String(decoding: try #require(program.data("long.html")), as: UTF8.self)
    #expect(page.contains("longest context of training"))
    #expect(
      try program.run("evaluate", "checkpoints/seed-1", "--examples", "9", "--task-set", "x.h5")
        .status == 64)
    try program.run(
      "train", "smoke", "--steps", "2", "--set", "model.positions=learned", "--name", "positions")
    let refused = try program.run("evaluate", "checkpoints/positions", "--examples", "9")
    #expect(refused.status == 65 && refused.errors.contains("trained positions"))
  }

  @Test("Runs of different tasks are not compared unless tasks are named")
  func differentTasks() throws {
    let program = try Self.trained()
    defer { program.remove() }
    try program.run(
      "train", "smoke", "--steps", "2", "--set", "family.noise=0.5", "--name", "noisy")
    let both = ["evaluate", "checkpoints/seed-1", "checkpoints/noisy", "--episodes", "20"]
    let refused = try program.run(both)
    #expect(refused.status == 78 && refused.errors.contains("--family"))
    let named = try program.run(
      both + ["--family", "linearRegression", "--set", "dimension=2", "--set", "exampleCount=5"])
    #expect(named.status == 0 && named.output.contains("noisy"), "\(named.errors)")
  }
}
