import Baselines
import Episodes
import Foundation
import RandomKeys
import Testing

// Dimension key
//   N  examples in an episode      D  dimension of an input

@Suite("Networks trained on the context")
struct NetworkTests {
  /// `y = √(2/r) Σ aᵢ max(0, wᵢ · x)` with 100 standard normal units, as Garg et al. 2022 have it.
  static func episodes(_ count: Int, dimension: Int, exampleCount: Int) -> [Episode] {
    (0..<count).map { index in
      let key = RandomKey(seed: 61).folded(with: index)
      let inputs = key.folded(with: 0).normals(exampleCount * dimension)
      let weights = key.folded(with: 1).normals(100 * dimension)
      let outer = key.folded(with: 2).normals(100)
      let targets = (0..<exampleCount).map { example in
        (0..<100).reduce(Float(0)) { sum, unit in
          let product = (0..<dimension).reduce(Float(0)) {
            $0 + weights[unit * dimension + $1] * inputs[example * dimension + $1]
          }
          return sum + (2.0 / 100).squareRoot() * outer[unit] * max(0, product)
        }
      }
      return .regression(inputs: inputs, targets: targets)
    }
  }

  /// Mean squared error of the predictions of the last `count` examples, over the dimension.
  static func error(
    _ learner: some InContextLearner, _ episodes: [Episode], last count: Int
  ) throws -> Double {
    let predictions = try learner.predictions(for: episodes)
    let shape = episodes[0].shape
    var sum = 0.0
    for (index, episode) in episodes.enumerated() {
      for example in shape.exampleCount - count..<shape.exampleCount {
        let difference =
          predictions[index * shape.exampleCount + example] - episode.targets[example]
        sum += Double(difference * difference)
      }
    }
    return sum / Double(count * episodes.count * shape.inputDimension)
  }

  @Test("One full-batch step of Adam moves each parameter by the learning rate")
  func firstStep() throws {
    // One example, which is also the query.
    let rate: Float = 1e-4
    let inputs: [Float] = [0.8, 0.8]
    func prediction(_ target: Float) throws -> Double {
      try TwoLayerNetwork(width: 64, steps: 1, learningRate: rate)
        .last(.regression(inputs: inputs, targets: [target, 0]))[0]
    }
    // Far above and far below the initial output the gradients have opposite signs, and equal steps.
    let (up, down) = (try prediction(100), try prediction(-100))
    // Only the signs of the gradients count: a larger error moves it no further.
    #expect(abs(try prediction(1000) - up) < 1e-6)
    // Two equal moves of |∂f/∂θ|₁ · rate each; with some thirty active units of outputs below 1/8 and
    // activations of order one, between 10 and 100 rates.
    #expect(up - down > 20 * Double(rate) && up - down < 200 * Double(rate))
  }

  @Test("Trained long, a network repeats its context")
  func interpolation() throws {
    let source = Self.episodes(1, dimension: 3, exampleCount: 8)[0]
    for example in [0, 3, 7] {
      let episode = Episode.regression(
        inputs: source.inputs + source.inputs[example * 3..<example * 3 + 3],
        targets: source.targets + [0])
      let prediction = try TwoLayerNetwork(steps: 3000).last(episode)
      // Adam with a constant rate ends near the minimum, not at it.
      #expect(abs(prediction[0] - Double(source.targets[example])) < 0.1)
    }
  }

  @Test("A network classifies what no plane separates")
  func exclusiveOr() throws {
    let corners: [Float] = [1, 1, 1, -1, -1, 1, -1, -1]
    for (query, label) in [([0.9, 0.8], 0), ([-1, 0.7], 1)] as [([Float], Int)] {
      let episode = Episode.classification(
        inputs: corners + query, classes: [0, 1, 1, 0, 0], of: 2)
      let scores = try TwoLayerNetwork(width: 30).last(episode)
      #expect(scores[label] > scores[1 - label] + 2)
    }
  }

  @Test("Where a network made the targets, it is better than a plane")
  func teacher() throws {
    let episodes = Self.episodes(12, dimension: 5, exampleCount: 61)
    let network = try Self.error(TwoLayerNetwork(), episodes, last: 20)
    let plane = try Self.error(RidgeRegression(penalty: 1), episodes, last: 20)
    // 240 predictions each.
    #expect(network < 0.5 * plane, "\(network) \(plane)")
  }
}
