import Baselines
import Episodes
import Foundation
import RandomKeys
import Testing

// Dimension key
//   n  examples of the context      D  dimension of an input

@Suite("Decision trees and boosting")
struct TreeTests {
  @Test("A regression tree cuts where squared error falls most")
  func regression() throws {
    // The best cut of the first feature separates 10 and 12 from 0, 0, 1; the second is constant.
    let inputs: [Float] = [1, 5, 2, 5, 3, 5, 4, 5, 5, 5]
    let targets: [Float] = [0, 0, 1, 10, 12]
    for (query, depth, expected) in [
      (3.4, 1, 1.0 / 3), (3.6, 1, 11), (4.6, 2, 12), (4.4, 2, 10), (2.6, 2, 1), (2.4, 2, 0),
    ] {
      let episode = Episode.regression(
        inputs: inputs + [Float(query), 5], targets: targets + [0])
      let prediction = try DecisionTreeLearner(maximumDepth: depth).last(episode)
      #expect(abs(prediction[0] - expected) < 1e-6)  // single-precision rounding
    }
  }

  @Test("Unlimited, a tree repeats every example that it has seen")
  func interpolation() throws {
    let source = SampledRegression(dimension: 3, exampleCount: 30, noise: 1).episodes(1)[0]
    for example in 0..<30 {
      let episode = Episode.regression(
        inputs: source.inputs + source.inputs[example * 3..<example * 3 + 3],
        targets: source.targets + [0])
      let prediction = try DecisionTreeLearner(maximumDepth: nil).last(episode)
      #expect(Float(prediction[0]) == source.targets[example])
    }
  }

  @Test("A node is cut where that gains nothing yet")
  func exclusiveOr() throws {
    let inputs: [Float] = [-1, -1, -1, 1, 1, -1, 1, 1]
    for (query, label) in [([-2, 2], 1), ([2, 2], 0), ([2, -2], 1)] as [([Float], Int)] {
      let episode = Episode.classification(
        inputs: inputs + query, classes: [0, 1, 1, 0, 0], of: 2)
      let deep = try DecisionTreeLearner(maximumDepth: nil).last(episode)
      #expect(deep[label] > deep[1 - label] + 4)
      let stump = try DecisionTreeLearner(maximumDepth: 1).last(episode)
      #expect(stump[0] == stump[1])
    }
  }

  @Test("Every tree is as one that is grown from its definition", arguments: [1, 2, 4, 30])
  func everyContext(_ depth: Int) throws {
    for index in 0..<4 {
      let key = RandomKey(seed: 21).folded(with: index)
      // Few values of each feature, so that ties of values and of cuts are common.
      let inputs = key.folded(with: 0).integers(72, below: 4).map { Float($0) }
      let targets = key.folded(with: 1).integers(24, below: 3).map { Float($0) }
      let rows = (0..<24).map { Array(inputs[$0 * 3..<$0 * 3 + 3]) }
      let regression = try DecisionTreeLearner(maximumDepth: depth).predictions(
        for: [.regression(inputs: inputs, targets: targets)])
      let classes = try DecisionTreeLearner(maximumDepth: depth).predictions(
        for: [.classification(inputs: inputs, classes: targets.map { Int($0) }, of: 3)])
      for k in 1..<24 {
        let numbers = leaf(
          rows[k], Array(rows[0..<k]), Array(targets[0..<k]), depth, Self.deviations)
        let mean = numbers.reduce(0, +) / Float(numbers.count)
        #expect(abs(regression[k] - mean) < 1e-6)  // single-precision rounding
        let votes = leaf(rows[k], Array(rows[0..<k]), Array(targets[0..<k]), depth, Self.impurity)
        for label in 0..<3 {
          let count = Double(votes.count { Int($0) == label })
          #expect(abs(Double(classes[k * 3 + label]) - log(count + 0.01 / 3)) < 1e-5)
        }
      }
    }
  }

  private static func deviations(_ targets: [Float]) -> Double {
    let mean = targets.reduce(0) { $0 + Double($1) } / Double(targets.count)
    return targets.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
  }

  private static func impurity(_ targets: [Float]) -> Double {
    let counts = (0..<3).map { label in Double(targets.count { Int($0) == label }) }
    let size = Double(targets.count)
    return size - counts.reduce(0) { $0 + $1 * $1 } / size
  }

  /// The targets in the leaf of `query`, with all cuts tried by brute force.
  private func leaf(
    _ query: [Float], _ rows: [[Float]], _ targets: [Float], _ depth: Int,
    _ loss: ([Float]) -> Double
  ) -> [Float] {
    guard depth > 0, Set(targets).count > 1 else { return targets }
    var best = (loss: Double.infinity, feature: 0, threshold: Float(0))
    for feature in query.indices {
      let values = Set(rows.map { $0[feature] }).sorted()
      for (low, high) in zip(values, values.dropFirst()) {
        let threshold = (low + high) / 2
        let sides = [true, false].map { side in
          targets.indices.filter { (rows[$0][feature] < threshold) == side }.map { targets[$0] }
        }
        let total = loss(sides[0]) + loss(sides[1])
        // Equal losses may differ by rounding; the first counts.
        if total < best.loss - 1e-9 { best = (total, feature, threshold) }
      }
    }
    guard best.loss.isFinite else { return targets }
    let isBelow = query[best.feature] < best.threshold
    let kept = rows.indices.filter { (rows[$0][best.feature] < best.threshold) == isBelow }
    return leaf(query, kept.map { rows[$0] }, kept.map { targets[$0] }, depth - 1, loss)
  }
}
