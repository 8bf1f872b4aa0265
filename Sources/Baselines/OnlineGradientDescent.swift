import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  width of a prediction

/// Linear or logistic regression by one step of gradient descent for each example, in their order:
/// `w ← w + η (y - ŷ) x` from zero.
///
/// `ŷ` is the prediction `w · x`, or the probability of each class by the softmax of such scores,
/// and `y` the target, or one for its class and zero for the others.
///
/// Source: Akyürek et al. 2022, <https://arxiv.org/abs/2211.15661>.
package struct OnlineGradientDescent: EpisodeLearner {
  /// `η`, for half the squared error, or the logarithmic loss.
  package let learningRate: Double

  /// - Parameter learningRate: positive.
  package init(learningRate: Double) {
    precondition(learningRate > 0, "Descent takes steps of positive length.")
    self.learningRate = learningRate
  }

  package var name: String { "onlineGradientDescent" }

  /// - Complexity: O(N · D · C)
  func predictions(of episode: Episode) -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    let width = episode.shape.target.width
    var weights = [Double](repeating: 0, count: width * dimension)
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      let input = Array(inputs[example * dimension..<(example + 1) * dimension])
      let scores = (0..<width).map { row in
        Array(weights[row * dimension..<(row + 1) * dimension]).product(with: input)
      }
      predictions += scores
      for (row, error) in errors(of: scores, example, episode).enumerated() {
        for i in 0..<dimension { weights[row * dimension + i] += learningRate * error * input[i] }
      }
    }
    return predictions
  }

  /// `y - ŷ`, `[C]`
  private func errors(of scores: [Double], _ example: Int, _ episode: Episode) -> [Double] {
    switch episode.shape.target {
    case .real:
      return [episode.realTarget(of: example) - scores[0]]
    case .classes, .tokens:
      let total = scores.logarithmOfSum
      let label = episode.label(of: example)
      return scores.indices.map { ($0 == label ? 1 : 0) - .exp(scores[$0] - total) }
    }
  }
}
