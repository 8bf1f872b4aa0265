import Episodes
import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      H  hidden units
//   C  width of a prediction       B  examples in a batch

/// A network of one hidden layer of rectified units, trained anew on every context by Adam:
/// `f(x) = A · max(0, W x + b) + c`.
///
/// The loss is the squared error, or the cross-entropy of a softmax. Parameters start uniform within
/// `±1/√(inputs of the unit)`, from one fixed key; batches are drawn from the context with replacement,
/// or are all of it when it has no more than `batchSize` examples. Without context the prediction is
/// zero.
///
/// Garg et al. 2022, <https://arxiv.org/abs/2208.01066>, train 100 units with a batch of 10 and learning
/// rate 0.005, 5,000 steps in the paper and 100 in the code. On their networks in 20 dimensions, after 80
/// to 99 examples, twelve episodes have a normalised error of 0.20, 0.174, 0.168 and 0.166 after 100, 200,
/// 300 and 600 steps; published is 0.17. Going on from the network of the context before costs as much
/// and errs more. Adam: Kingma and Ba 2014, algorithm 1, <https://arxiv.org/abs/1412.6980>.
package struct TwoLayerNetwork: EpisodeLearner {
  /// `H`
  package let width: Int
  /// Steps of Adam for each context.
  package let steps: Int
  package let batchSize: Int
  package let learningRate: Float

  /// - Parameters:
  ///   - width: `H`, at least 1.
  ///   - steps: for each context, at least 1.
  ///   - batchSize: at least 1.
  ///   - learningRate: positive.
  package init(
    width: Int = 100, steps: Int = 300, batchSize: Int = 10, learningRate: Float = 5e-3
  ) {
    precondition(
      width > 0 && steps > 0 && batchSize > 0 && learningRate > 0,
      "A network has units, and is trained in steps of some examples.")
    self.width = width
    self.steps = steps
    self.batchSize = batchSize
    self.learningRate = learningRate
  }

  package var name: String { "twoLayerNetwork" }

  /// - Complexity: O(N · `steps` · B · H · (D + C))
  func predictions(of episode: Episode) -> [Double] {
    let key = RandomKey(seed: 0)
    let initial = NetworkFit(self, episode, key: key.folded(with: 0))
    return (0..<episode.shape.exampleCount).flatMap { example in
      var fit = initial
      train(&fit, episode, count: example, key: key.folded(with: example + 1))
      let outputs = fit.outputs(of: example)
      return example == 0 ? outputs.map { _ in 0 } : outputs.map { Double($0) }
    }
  }

  /// Trains on the first `count` examples.
  private func train(_ fit: inout NetworkFit, _ episode: Episode, count: Int, key: RandomKey) {
    guard count > 0 else { return }
    guard count > batchSize else {
      let batch = [Int32](0..<Int32(count))
      for _ in 0..<steps { fit.step(on: batch[...]) }
      return
    }
    let batches = key.integers(steps * batchSize, below: count)
    for step in 0..<steps {
      fit.step(on: batches[step * batchSize..<(step + 1) * batchSize])
    }
  }
}
