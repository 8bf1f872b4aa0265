import ComputeGraph
import Foundation
import MetaTraining
import Optimizers
import Storage
import TaskFamilies
import Tensors
import Testing

@Suite("A step that is not finite")
struct NonFiniteTests {
  /// A run of which episode 7 of a step is poisoned, unless told otherwise; lanes have four.
  private func run(
    _ poison: PoisonedRegression.Poison, step: Int, episode: Int = 7,
    policy: NonFinitePolicy = .halt
  ) -> TinyRun {
    let run = TinyRun()
    run.experiment.family = FamilyConfiguration(
      PoisonedRegression(poison, step: step, episode: episode, seed: run.experiment.seed))
    run.experiment.nonFinite = policy
    run.experiment.heldOut.family = FamilyConfiguration(
      LinearRegression {
        $0.dimension = 2; $0.exampleCount = 5
      })
    return run
  }

  @Test(
    "ends the run in that step, whatever went wrong and wherever",
    arguments: PoisonedRegression.Poison.allCases, [0, 1, 9, 10, 19, 23])
  func halts(poison: PoisonedRegression.Poison, step: Int) throws {
    for episode in [0, 7, 23] {
      let run = run(poison, step: step, episode: episode)
      let error = #expect(throws: TrainingError.self) { try run.train() }
      guard case .nonFinite(let report) = error else {
        Issue.record("Another error: \(String(describing: error))")
        return
      }
      #expect(report.step == step + 1)
      let lane = try #require(report.lanes.first)
      #expect(report.lanes.count == 1 && lane.lane == episode / 4)
      let culprit = try #require(lane.episodes.first { $0.number == episode })
      #expect((culprit.tokens.nonFinite > 0) == (poison == .input))
      #expect(poison == .input || culprit.targets.largest == 1e30)
      #expect(try run.directory.checkpointSteps() == [10, 20].filter { $0 <= step })
      let newest = try run.directory.latestCheckpoint()
      #expect(
        newest?.parameters.allSatisfy { $0.tensor.elements.allSatisfy(\.isFinite) } ?? true)
      #expect(try run.log().count == step + step / 10)
    }
  }

  @Test(
    "is found where a checkpoint brings it in, and no newer one is saved", arguments: [true, false])
  func poisonedCheckpoint(isParameter: Bool) throws {
    let run = TinyRun()
    try run.train(stopAfter: 10)
    var checkpoint = try run.directory.checkpoint(step: 10)
    if isParameter {
      checkpoint.parameters[3].tensor.elements[0] = .nan
    } else {
      // The step itself is finite, and its update makes a parameter overflow.
      checkpoint.optimizerState["firstMoment"]?[3].tensor.elements[0] = 3e38
      checkpoint.optimizerState["secondMoment"]?[3].tensor.elements[0] = 0
    }
    try run.directory.save(checkpoint)
    let error = #expect(throws: TrainingError.self) { try run.train(resume: true) }
    guard case .nonFinite(let report) = error else {
      Issue.record("Another error: \(String(describing: error))")
      return
    }
    #expect(report.step == 11)
    #expect(report.lanes.isEmpty != isParameter)
    #expect(report.parameters.filter { $0.value.nonFinite > 0 }.count == 1)
    #expect(try run.directory.checkpointSteps() == [10])
  }

  @Test(
    "is left out if so asked, and changes nothing",
    arguments: [PoisonedRegression.Poison.input, .loss])
  func skips(poison: PoisonedRegression.Poison) throws {
    let run = run(poison, step: 12, policy: .skip)
    var reported: [Int] = []
    let outcome = try run.train { event in
      if case .skippedStep(let report) = event { reported.append(report.step) }
    }
    #expect(outcome == .finished)
    #expect(reported == [13])
    var skipped: [Int] = []
    for case .step(let record) in try run.log() where record.skipped == true {
      skipped.append(record.step)
    }
    #expect(skipped == [13])
    // Saved before and after the step, the state is the same.
    let stopped = [12, 13].map { _ in self.run(poison, step: 12, policy: .skip) }
    for (run, step) in zip(stopped, [12, 13]) { try run.train(stopAfter: step) }
    let states = try zip(stopped, [12, 13]).map { try $0.directory.checkpoint(step: $1) }
    #expect(states[0].parameters == states[1].parameters)
    #expect(states[0].optimizerState == states[1].optimizerState)
    #expect(states[1].recovery.skippedSteps == 1)
  }

  @Test("sends the run back to its checkpoint if so asked, at half the learning rate")
  func rollsBack() throws {
    let run = run(.input, step: 12, policy: .rollback)
    var backTo: [Int] = []
    let error = #expect(throws: TrainingError.self) {
      try run.train { event in
        if case .rolledBack(_, let step, _) = event { backTo.append(step) }
      }
    }
    // The poison is in the data, so no learning rate is small enough.
    #expect(backTo == [Int](repeating: 10, count: 10))
    guard case .nonFinite(let report) = error else {
      Issue.record("Another error: \(String(describing: error))")
      return
    }
    #expect(report.learningRateScale == 1.0 / 1024)
    var scales: [Double] = []
    for case .rollback(let record) in try run.log() { scales.append(record.learningRateScale) }
    // Each return cuts off what came after the checkpoint, the return before it too.
    #expect(scales == [1.0 / 1024])
  }

  @Test("that comes from the learning rate is cured by going back, and a resumed run agrees")
  func cured() throws {
    func fast() -> TinyRun {
      let run = TinyRun()
      run.experiment.optimizer = .diverging
      run.experiment.nonFinite = .rollback
      return run
    }
    let (straight, interrupted) = (fast(), fast())
    var returns = 0
    try straight.train { event in if case .rolledBack = event { returns += 1 } }
    #expect(returns > 0)
    try interrupted.train(stopAfter: 15)
    try interrupted.train(resume: true)
    for name in ["step-000000024.h5", "metrics.jsonl"] {
      #expect(try straight.files()[name] == interrupted.files()[name], "\(name)")
    }
    let last = try straight.directory.checkpoint(step: 24)
    #expect(last.recovery.learningRateScale < 1)
  }
}
