import Baselines
import Episodes
import Foundation
import RandomKeys
import TestSupport
import Testing

@Suite("Lasso")
struct LassoTests {
  @Test("On sparse tasks the errors are those that were published")
  func sparse() throws {
    let episodes = SparseRegression.episodes(2000)
    let predictions = try Lasso(penalty: 0.01).predictions(for: episodes)
    for (k, error) in [(5, 0.62), (10, 0.08)] {
      let sample = Sample(
        episodes.indices.map { index in
          let difference = Double(
            predictions[index * 11 + k] - episodes[index].targets[k])
          return difference * difference / 3
        })
      // The published values were read off a plot.
      #expect(abs(sample.mean - error) < 3 * sample.standardError + 0.03)
    }
  }

  @Test("At the minimum the gradient is the penalty where a weight is, and less where none is")
  func optimality() throws {
    let (count, dimension, penalty) = (30, 5, 0.3)
    let setting = SampledRegression(dimension: dimension, exampleCount: count + 1, noise: 0.5)
    for var episode in setting.episodes(5) {
      let weights = try (0..<dimension).map { axis in
        for i in 0..<dimension { episode.inputs[count * dimension + i] = i == axis ? 1 : 0 }
        return Double(try Lasso(penalty: penalty).predictions(for: [episode])[count])
      }
      for axis in 0..<dimension {
        let slope = (0..<count).reduce(0.0) { sum, example in
          let input = (0..<dimension).map { Double(episode.inputs[example * dimension + $0]) }
          let prediction = zip(weights, input).reduce(0) { $0 + $1.0 * $1.1 }
          return sum
            + (Double(episode.targets[example]) - prediction) * input[axis] / Double(count)
        }
        // Descent stops at changes of a millionth.
        if weights[axis] == 0 {
          #expect(abs(slope) <= penalty + 1e-5)
        } else {
          #expect(abs(slope - (weights[axis] > 0 ? penalty : -penalty)) < 1e-5)
        }
      }
      #expect(weights.contains { $0 != 0 })
    }
  }

  @Test("In one dimension the least-squares solution shrinks by the penalty")
  func oneDimension() throws {
    let episode = Episode(inputs: [1, 3, 1], targets: [2, -4, 0], of: .real)
    let predictions = try Lasso(penalty: 0.5).predictions(for: [episode])
    // Of Σ y x = 2, then -10, the penalty takes k/2; Σ x² = 1, then 10.
    for (prediction, expected) in zip(predictions, [0, 4.5, -0.9] as [Float]) {
      #expect(abs(prediction - expected) < 1e-6)  // single-precision rounding
    }
    #expect(try Lasso(penalty: 20).predictions(for: [episode]) == [0, 0, 0])
  }
}
