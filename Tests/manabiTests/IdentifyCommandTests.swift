import Foundation
import Testing

@Suite("identify")
struct IdentifyCommandTests {
  @Test("says what a model became, with a table, a page and a file")
  func oneModel() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run("train", "smoke", "--steps", "10")
    let text = try program.run("identify", "checkpoints/smoke", "--episodes", "40")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("Verdict on unseen tasks: "))
    #expect(text.output.contains("leastSquares") && text.output.contains("generalizing"))
    #expect(text.errors.contains("Report: checkpoints/smoke/identify.html"))
    #expect(try program.run("verify", "checkpoints/smoke/identify.h5").status == 0)
    let summary = try program.run("inspect", "checkpoints/smoke/identify.h5")
    #expect(summary.output.contains("squared_prediction_difference"), "\(summary.output)")

    let last = try program.run(
      "identify", "checkpoints/smoke", "--episodes", "40", "--contexts", "4", "--family",
      "scaledInputs", "--set", "family.dimension=2", "--set", "family.exampleCount=5",
      "--no-report")
    #expect(last.status == 0, "\(last.errors)")
    #expect(last.output.contains("Verdict on tasks of scaledInputs: "))
  }

  @Test("shows every checkpoint of a run, on its training tasks and on unseen ones")
  func history() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      family: {kind: pool, taskCount: 4, family: {kind: linearRegression, dimension: 2, exampleCount: 5, noise: 0.5}}
      model: {width: 16, layers: 1, heads: 2}
      batchSize: 16
      laneCount: 4
      steps: 20
      checkpointInterval: 10
      heldOut: {episodeCount: 8}
      """, to: "pool.yaml")
    try program.run("train", "pool.yaml", "--name", "pool")
    let arguments = [
      "identify", "checkpoints/pool", "--steps", "all", "--episodes", "40", "--json",
    ]
    let json = try program.run(arguments)
    #expect(json.status == 0, "\(json.errors)")
    let models = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(models.compactMap { $0["step"] as? Int } == [10, 20])
    let tasks = try #require(models[1]["tasks"] as? [[String: Any]])
    #expect(tasks.compactMap { $0["tasks"] as? String } == ["training tasks", "unseen tasks"])
    let odds = try #require(tasks[0]["odds"] as? [String: Any])
    #expect(odds["memorizing"] as? String == "discreteMinimumMeanSquaredError")
    let page = try #require(program.data("checkpoints/pool/identify.html"))
    #expect(String(decoding: page, as: UTF8.self).contains("When the model changes its algorithm"))
    let again = try program.run(arguments + ["--no-report", "--workers", "1"])
    #expect(again.output == json.output, "The same numbers for any number of workers.")
  }

  @Test("compares learners of classes and of tokens by their probabilities")
  func discrete() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      family: {kind: markovChains, exampleCount: 8}
      model: {width: 16, layers: 1, heads: 2}
      steps: 1
      heldOut: {episodeCount: 8}
      """, to: "chains.yaml")
    try program.run("train", "chains.yaml", "--name", "chains")
    let tokens = try program.run("identify", "checkpoints/chains", "--episodes", "20")
    #expect(tokens.status == 0, "\(tokens.errors)")
    #expect(tokens.output.contains("same class") && tokens.output.contains("bigram"))
  }

  @Test("refuses what makes no sense")
  func badInput() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run("train", "smoke", "--steps", "10")
    let long = try program.run("identify", "checkpoints/smoke", "--contexts", "5")
    #expect(long.status == 78 && long.errors.contains("at most 4"), "\(long.errors)")
    let words = try program.run("identify", "checkpoints/smoke", "--contexts", "some")
    #expect(words.status == 64 && words.errors.contains("--contexts"))
    let foreign = try program.run(
      "identify", "checkpoints/smoke", "--family", "linearRegression", "--set", "dimension=3")
    #expect(foreign.status == 65, "\(foreign.errors)")
    #expect(try program.run("identify", "nowhere").status == 66)
  }
}
