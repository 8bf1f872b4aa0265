import Episodes

// Dimension key
//   D  dimension of an input      C  classes

/// Prefers the class whose mean is nearest.
///
/// The score of a class is `-½ |x - mean|² / s²`; `s²` is the variance within classes, pooled over
/// classes and dimensions together with `D` observations of variance 1.
package struct NearestCentroid: EpisodeLearner {
  package init() {}

  package var name: String { "nearestCentroid" }

  func predictions(of episode: Episode) -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    let classCount = episode.classCount
    var counts = [Int](repeating: 0, count: classCount)
    var means = [Double](repeating: 0, count: classCount * dimension)
    var squares = Double(dimension)
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      let offset = example * dimension
      let seen = counts.count { $0 > 0 }
      let variance = squares / Double((example - seen + 1) * dimension)
      var scores = (0..<classCount).map { label in
        var distance = 0.0
        for i in 0..<dimension {
          let difference = inputs[offset + i] - means[label * dimension + i]
          distance += difference * difference
        }
        return -0.5 * distance / variance
      }
      ClassScores.rankUnseen(&scores, counts: counts)
      predictions += scores

      let label = episode.label(of: example)
      counts[label] += 1
      for i in 0..<dimension {
        let difference = inputs[offset + i] - means[label * dimension + i]
        means[label * dimension + i] += difference / Double(counts[label])
        squares += difference * (inputs[offset + i] - means[label * dimension + i])
      }
    }
    return predictions
  }
}
