import Foundation
import Testing

/// What a user learns about a model: its regime, and learners at their best beside it.
struct RegimeCommandTests {
  private let program: Program

  init() throws { program = try Program() }

  private func json(_ result: Program.Result) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(result.output.utf8))
  }

  @Test("A model's regime comes with its numbers, its size and a report")
  func regime() throws {
    defer { program.remove() }
    #expect(
      try program.run(
        "train", "gpicl-pool", "--steps", "40", "--set", "family.taskCount=2", "--set",
        "model.width=16", "--set", "model.layers=1"
      ).status == 0)
    let text = try program.run("regime", "checkpoints/gpicl-pool", "--episodes", "64")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("seen tasks on unseen data"))
    #expect(program.data("checkpoints/gpicl-pool/regime.html") != nil)
    let answer = try program.run(
      "regime", "checkpoints/gpicl-pool", "--episodes", "64", "--json", "--no-report")
    let entries = try #require(try json(answer) as? [[String: Any]])
    let model = try #require(entries.first?["model"] as? [String: Int])
    // The keys and values of one layer for 23 tokens.
    #expect(model["accessibleState"] == 2 * 16 * 23)
    let measured = try #require(entries.first?["measurement"] as? [String: Any])
    for cell in ["seenTasks", "unseenTasks", "seenTasksUnseenData", "unseenTasksUnseenData"] {
      let found = try #require(measured[cell] as? [String: Any])
      #expect((found["curve"] as? [String: [Double]])?["mean"]?.count == 24)
    }
    #expect(measured["regime"] is String && measured["randomData"] is [String: Any])
    let foreign = try program.run(
      "regime", "checkpoints/gpicl-pool", "--other-data", "linearRegression")
    #expect(foreign.status == 65 && foreign.errors.contains("--other-data"))
  }

  @Test("Learners whose settings were searched say which were tried and found")
  func tuned() throws {
    defer { program.remove() }
    #expect(try program.run("train", "smoke", "--steps", "20").status == 0)
    let result = try program.run(
      "evaluate", "checkpoints/smoke", "--episodes", "32", "--learners", "tuned,leastSquares",
      "--json")
    #expect(result.status == 0, "\(result.errors)")
    let answer = try #require(try json(result) as? [String: Any])
    let searches = try #require(answer["searches"] as? [[String: Any]])
    #expect(
      searches.compactMap { $0["learner"] as? String }
        == ["nearestNeighbors", "onlineGradientDescent", "ridge"])
    let order = try #require(answer["order"] as? [String])
    for search in searches {
      let name = try #require(search["learner"] as? String)
      let best = try #require(search["best"] as? String)
      #expect(order.contains("\(name) \(best)"))
    }
    #expect(order.last == "leastSquares")
  }
}
