import Episodes

// Dimension key
//   D  dimension of an input

/// Linear regression by one average: `w = 1/k Σ yᵢ xᵢ`, the first step of gradient descent.
///
/// On `x ~ N(0, I)` without noise its normalised error after `k` examples is `(D + 1) / k`.
///
/// Source: Garg et al. 2022, section 3.1, <https://arxiv.org/abs/2208.01066>.
package struct Averaging: EpisodeLearner {
  package init() {}

  package var name: String { "averaging" }

  func predictions(of episode: Episode) -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    var sum = [Double](repeating: 0, count: dimension)
    return (0..<episode.shape.exampleCount).map { example in
      let offset = example * dimension
      let target = episode.realTarget(of: example)
      var prediction = 0.0
      for i in 0..<dimension {
        prediction += sum[i] * inputs[offset + i]
        sum[i] += target * inputs[offset + i]
      }
      return example == 0 ? 0 : prediction / Double(example)
    }
  }
}
