import Foundation
import Testing

@Suite("The command construct")
struct ConstructTests {
  /// The half squared error after ten examples, by learner.
  private static func errors(_ checkpoint: String, _ program: Program) throws -> [String: Double] {
    let result = try program.run(
      "evaluate", checkpoint, "--family", "linearRegression", "--set", "dimension=4", "--set",
      "exampleCount=11", "--episodes", "512", "--json", "--no-report")
    #expect(result.status == 0, "\(result.errors)")
    let answer = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let learners = answer?["learners"] as? [String: [String: Any]] ?? [:]
    return learners.compactMapValues { ($0["mean"] as? [Double])?.last }
  }

  @Test("Descent, what lies between two descents, and a roll-out are checkpoints like any other")
  func descent() throws {
    let program = try Program()
    defer { program.remove() }
    let shape = ["--dimension", "4", "--context", "10", "--learning-rate"]
    for (rate, name) in [("0.5", "half.h5"), ("0.25", "quarter.h5")] {
      let result = try program.run(
        ["construct", "descent"] + shape + [rate, "--output", name])
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(try program.run("verify", "half.h5").status == 0)
    // Half way from a rate of .25 to one of .75 is one of .5.
    let between = try program.run(
      "construct", "interpolation", "quarter.h5", "--learning-rate", "0.75", "--output",
      "between.h5")
    #expect(between.status == 0, "\(between.errors)")
    let half = try Self.errors("half.h5", program)
    let found = try Self.errors("between.h5", program)
    let (one, other) = (try #require(half["model"]), try #require(found["model"]))
    #expect(abs(one - other) < 1e-5)
    let roll = try program.run(
      "construct", "roll-out", "half.h5", "--count", "30", "--damping", "0.5", "--output",
      "long.h5")
    #expect(roll.status == 0, "\(roll.errors)")
    // Thirty short steps come nearer to least squares than one long one.
    let long = try #require(try Self.errors("long.h5", program)["model"])
    #expect(long < one / 2)
  }

  @Test("Only linear self-attention has weights that are steps")
  func refused() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run("train", "smoke", "--name", "run", "--steps", "1")
    let result = try program.run(
      "construct", "roll-out", "checkpoints/run", "--output", "long.h5")
    #expect(result.status == 78)
    #expect(result.errors.contains("linear self-attention"))
    #expect(
      try program.run(
        "construct", "descent", "--learning-rate", "-1", "--output", "x.h5"
      ).status == 64)
  }
}
