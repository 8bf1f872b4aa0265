import CPUEngine
import Evaluation
import Foundation
import MetaTraining
import Models
import Reproductions
import TaskFamilies
import Tensors
import Testing

@Suite("Laboratory")
struct LaboratoryTests {
  private static let experiment = Experiment(
    family: FamilyConfiguration(
      LinearRegression {
        $0.dimension = 2; $0.exampleCount = 4
      }),
    model: .transformer(TransformerConfiguration(width: 16, layers: 1, heads: 2)), batchSize: 8,
    laneCount: 2, steps: 6, heldOut: HeldOutSchedule(interval: 3, episodeCount: 8),
    checkpointInterval: 3)

  private static let reproduction = Reproduction(
    id: "X", claim: "", source: "", link: "",
    quick: Procedure(runs: [.init("one", experiment), .init("two", experiment)]) { _, runs in
      let losses = try runs.map { try $0.losses() }
      let scores = try runs[0].scores()
      let parameters = try runs.map { try $0.parameters() }
      return Judgement(evidence: [
        Evidence("losses", measured: Double(losses[0].count), .within(0, of: 6)),
        Evidence("scores", measured: Double(scores.count), .within(0, of: 2)),
        Evidence("runs agree", measured: parameters[0] == parameters[1] ? 1 : 0, .atLeast(1)),
        Evidence(
          "training changes parameters",
          measured: try runs[0].parameters(after: 3) == parameters[0] ? 1 : 0, .atMost(0)),
      ])
    })

  private static func laboratory(
    in directory: URL, shouldStop: @escaping () -> Bool = { false },
    report: @escaping Laboratory.Report = { _, _ in }
  ) throws -> Laboratory {
    Laboratory(
      engine: try CPUEngine(workers: 1), directory: directory.path, software: "test",
      shouldStop: shouldStop, report: report)
  }

  @Test("Runs are trained once, a stopped one goes on, and what they logged is there to judge")
  func carryingOut() throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "manabi-laboratory-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    var steps = 0
    let count: Laboratory.Report = { _, event in if case .step = event { steps += 1 } }
    let stopped = try Self.laboratory(
      in: directory, shouldStop: { steps == 2 }, report: count
    ).carryOut(Self.reproduction, .quick)
    #expect(stopped == nil)
    #expect(steps == 2)
    let laboratory = try Self.laboratory(in: directory, report: count)
    let judgement = try #require(try laboratory.carryOut(Self.reproduction, .quick))
    #expect(judgement.holds, "\(judgement.evidence)")
    #expect(steps == 6 + 6)
    let portraits = judgement.portraits
    #expect(portraits.map(\.run) == ["one", "two"])
    #expect(portraits[0].verdict == portraits[1].verdict)
    // Three examples tell two weights, and six steps of training do not find them.
    #expect(portraits[0].score.optimal.value < 1e-9)
    #expect(portraits[0].score.model.value > 0.01)
    let excesses = portraits[0].weaknesses.map { $0.score.model.value - $0.score.optimal.value }
    #expect(excesses.count == 3)
    #expect(excesses == excesses.sorted(by: >))
    #expect(portraits[0].weaknesses.allSatisfy { $0.shift != "none" })
    steps = 0
    let again = try #require(try laboratory.carryOut(Self.reproduction, .quick))
    #expect(again.evidence == judgement.evidence)
    #expect(steps == 0)
  }
}
