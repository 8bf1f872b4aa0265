import Episodes

/// Predicts the mean of the targets so far, whatever the input; zero without any.
package struct MeanTarget: EpisodeLearner {
  package init() {}

  package var name: String { "meanTarget" }

  func predictions(of episode: Episode) -> [Double] {
    var sum = 0.0
    return (0..<episode.shape.exampleCount).map { example in
      let prediction = sum / Double(max(1, example))
      sum += episode.realTarget(of: example)
      return prediction
    }
  }
}
