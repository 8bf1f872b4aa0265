import Baselines
import Episodes
import Foundation
import RandomKeys
import Testing

// Dimension key
//   n  examples of the context      D  dimension of an input      C  classes

@Suite("Logistic regression")
struct LogisticRegressionTests {
  let count = 30
  let dimension = 4
  let penalty = 0.5

  /// A context of three of four classes, by noisy scores; the last example is a query.
  func context() -> Episode {
    var episode = Episode(
      shape: EpisodeShape(
        exampleCount: count + 1, inputDimension: dimension, target: .classes(4)))
    episode.inputs = RandomKey(seed: 8).normals((count + 1) * dimension)
    let noise = RandomKey(seed: 9).normals((count + 1) * 3)
    for example in 0...count {
      let scores = (0..<3).map {
        episode.inputs[example * dimension + $0] + noise[example * 3 + $0]
      }
      episode.targets[example] = Float(scores.firstIndex(of: scores.max() ?? 0) ?? 0)
    }
    return episode
  }

  /// The logits of the three seen classes at `query`.
  func logits(_ episode: Episode, at query: [Float]) throws -> [Double] {
    var episode = episode
    episode.inputs.replaceSubrange(count * dimension..<(count + 1) * dimension, with: query)
    let scores = try LogisticRegression(penalty: penalty).predictions(for: [episode])
    return scores.suffix(4).prefix(3).map { Double($0) }
  }

  func softmax(_ logits: [Double]) -> [Double] {
    let exponentials = logits.map { exp($0) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  @Test("At the minimum the gradient vanishes")
  func optimality() throws {
    let episode = context()
    let origin = try logits(episode, at: [0, 0, 0, 0])
    let weights = try (0..<dimension).map { axis in
      let unit = (0..<dimension).map { Float($0 == axis ? 1 : 0) }
      return zip(try logits(episode, at: unit), origin).map { $0 - $1 }
    }
    var gradient = [Double](repeating: 0, count: 3 * (dimension + 1))
    for example in 0..<count {
      let input = Array(episode.inputs[example * dimension..<(example + 1) * dimension])
      let probabilities = softmax(try logits(episode, at: input))
      for label in 0..<3 {
        let excess = probabilities[label] - (Int(episode.targets[example]) == label ? 1 : 0)
        for axis in 0..<dimension {
          gradient[label * (dimension + 1) + axis] += excess * Double(input[axis])
        }
        gradient[label * (dimension + 1) + dimension] += excess
      }
    }
    for label in 0..<3 {
      for axis in 0..<dimension {
        gradient[label * (dimension + 1) + axis] += penalty * weights[axis][label]
      }
    }
    // Logits round to single precision, some 1e-7, in each of 30 terms of order one.
    #expect(gradient.allSatisfy { abs($0) < 2e-5 })
    #expect(weights.joined().contains { abs($0) > 0.3 })
  }

  @Test("A class without examples ranks last")
  func unseen() throws {
    let scores = try LogisticRegression(penalty: penalty).predictions(for: [context()]).suffix(4)
    #expect(scores.max() != scores.last && scores.min() == scores.last)
  }
}
