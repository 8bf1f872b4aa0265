import Foundation
import Testing

@Suite("shifts")
struct ShiftsCommandTests {
  @Test("shows the model and the optimal learners under every shift that fits")
  func regression() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run("train", "smoke", "--steps", "10", "--set", "model.positions=learned")
    let text = try program.run("shifts", "checkpoints/smoke", "--episodes", "30")
    #expect(text.status == 0, "\(text.errors)")
    for name in ["inputs × 1/3", "weights + 2.5", "orthogonal query", "2 of 10 labels random"] {
      #expect(text.output.contains(name))
    }
    #expect(text.output.contains("optimal after: bayesianLinearRegression"))
    #expect(text.errors.contains("Report: checkpoints/smoke/shifts.html"))
    #expect(try program.run("verify", "checkpoints/smoke/shifts.h5").status == 0)

    let json = try program.run(
      "shifts", "checkpoints/smoke", "--episodes", "30", "--json", "--no-report")
    let results = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(results.first?["shift"] as? String == "none")
    let again = try program.run(
      "shifts", "checkpoints/smoke", "--episodes", "30", "--json", "--no-report", "--workers", "1")
    #expect(again.output == json.output, "The same numbers for any number of workers.")
  }

  @Test("fits what it can to classes, and says so where nothing fits")
  func others() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run(
      "train", "quickstart-classification", "--steps", "1", "--name", "classes", "--set",
      "heldOut.episodeCount=8")
    let classes = try program.run(
      "shifts", "checkpoints/classes", "--episodes", "10", "--report", "here")
    #expect(classes.status == 0, "\(classes.errors)")
    #expect(classes.output.contains("skewed inputs") && !classes.output.contains("weights"))
    #expect(program.data("here.html") != nil && program.data("here.h5") != nil)

    try program.write(
      "family: {kind: markovChains, exampleCount: 8}\nsteps: 1\nheldOut: {episodeCount: 8}\n",
      to: "chains.yaml")
    try program.run("train", "chains.yaml", "--name", "chains")
    let tokens = try program.run("shifts", "checkpoints/chains")
    #expect(tokens.status == 78 && tokens.errors.contains("no published shift fits"))
  }
}
