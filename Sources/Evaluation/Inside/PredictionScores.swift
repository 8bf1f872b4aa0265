import Episodes

// Dimension key
//   E  episodes      N  predictions of an episode      C  width of a prediction      M  metrics

/// The scores of predictions, averaged over those of each episode: the squared error, or the
/// cross-entropy and the accuracy.
struct PredictionScores {
  /// `M`
  let width: Int
  /// `[E, M]`
  let values: [Double]

  /// - Parameters:
  ///   - predictions: `[E, N, C]`
  ///   - episodes: `E`, of the layout's shape.
  init(_ predictions: [Float], of episodes: [Episode], _ layout: PromptLayout) {
    let examples = layout.predictedExamples
    let classes = layout.targetWidth
    let isReal = layout.shape.target == .real
    width = isReal ? 1 : 2
    values = episodes.enumerated().flatMap { index, episode in
      var sums = (error: 0.0, hits: 0.0)
      for (place, example) in examples.enumerated() {
        let start = (index * examples.count + place) * classes
        let target = episode.targets[example]
        if isReal {
          let error = Double(predictions[start]) - Double(target)
          sums.error += error * error
        } else {
          let logits = Logits(predictions[start..<start + classes])
          sums.error -= logits.logProbabilities[Int(target)]
          sums.hits += logits.best == Int(target) ? 1 : 0
        }
      }
      let count = Double(examples.count)
      return isReal ? [sums.error / count] : [sums.error / count, sums.hits / count]
    }
  }
}
