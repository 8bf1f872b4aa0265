import Baselines
import Episodes
import Testing

@Suite("Trees, networks and posteriors learn from earlier examples")
struct LearnerCausalityTests {
  @Test("What comes later changes nothing, and every score is finite", arguments: LearnerCase.all)
  func causality(_ item: LearnerCase) throws {
    let episode = item.episodes[0]
    let width = episode.shape.target.width
    let predictions = try item.learner.predictions(for: [episode])
    #expect(predictions.count == 8 * width && predictions.allSatisfy(\.isFinite))
    for k in 0..<8 {
      var changed = episode
      for example in k..<8 { changed.targets[example] = example % 2 == 0 ? 1 : 0 }
      for i in (k + 1) * 3..<24 { changed.inputs[i] += 1 }
      let after = try item.learner.predictions(for: [changed])
      #expect(after.prefix((k + 1) * width) == predictions.prefix((k + 1) * width))
    }
  }

  @Test("Earlier examples matter", arguments: LearnerCase.all)
  func dependence(_ item: LearnerCase) throws {
    let width = item.episodes[0].shape.target.width
    let changes = try item.episodes.count { episode in
      var changed = episode
      for example in 0..<2 { changed.targets[example] = episode.targets[example] == 0 ? 1 : 0 }
      let third = 2 * width..<3 * width
      return try item.learner.predictions(for: [episode])[third]
        != item.learner.predictions(for: [changed])[third]
    }
    // Some contexts of two say nothing of the third.
    #expect(changes > item.episodes.count / 2)
  }

  @Test("Many episodes are predicted as each alone", arguments: LearnerCase.all)
  func concurrency(_ item: LearnerCase) throws {
    let together = try item.learner.predictions(for: item.episodes)
    #expect(together == (try item.episodes.flatMap { try item.learner.predictions(for: [$0]) }))
    #expect(try item.learner.predictions(for: []).isEmpty)
  }

  @Test("Without context no class is preferred without a reason", arguments: LearnerCase.all)
  func noContext(_ item: LearnerCase) throws {
    // These know before the first label which classes are likely.
    let exceptions = ["conjunctionBayes", "disjunctionBayes", "parityVersionSpace"]
    guard !exceptions.contains(item.learner.name) else { return }
    let width = item.episodes[0].shape.target.width
    let first = try item.learner.predictions(for: [item.episodes[0]]).prefix(width)
    #expect(Set(first).count == 1 && (width > 1 || first.first == 0))
  }

  @Test("Equal inputs, one class and zeros are borne", arguments: LearnerCase.all)
  func degenerate(_ item: LearnerCase) throws {
    var equal = item.episodes[0]
    equal.inputs = [Float](repeating: 0.5, count: 24)
    var zero = item.episodes[0]
    zero.inputs = [Float](repeating: 0, count: 24)
    var single = item.episodes[0]
    single.targets = [Float](repeating: 1, count: 8)
    for episode in [equal, zero, single] {
      #expect(try item.learner.predictions(for: [episode]).allSatisfy(\.isFinite))
    }
    // One class of one input throughout is what is expected next.
    guard case .classes(let count) = single.shape.target else { return }
    single.inputs = equal.inputs
    let scores = try item.learner.last(single)
    #expect((0..<count).allSatisfy { scores[$0] <= scores[1] })
  }
}
