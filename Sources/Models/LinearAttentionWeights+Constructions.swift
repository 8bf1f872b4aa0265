// Dimension key
//   D  dimension of an input      C  width of a target      n  examples of the context

extension LinearAttentionWeights {
  /// Weights that are exactly gradient descent from zero, a step for each layer:
  /// `w ← w − η/n Σ (w · xᵢ − yᵢ) xᵢ`.
  ///
  /// Scores are products of inputs; the update takes the residual of each target `η/n` further.
  ///
  /// - Parameters:
  ///   - inputDimension: `D`
  ///   - targetWidth: `C`
  ///   - learningRates: `η` of each step.
  /// - SeeAlso: von Oswald et al. 2022, section 2, <https://arxiv.org/abs/2212.07677>.
  package static func gradientDescent(
    inputDimension: Int, targetWidth: Int = 1, learningRates: [Double]
  ) -> LinearAttentionWeights {
    gradientDescentPlusPlus(
      inputDimension: inputDimension, targetWidth: targetWidth,
      steps: learningRates.map { ($0, 0) }, contextCount: 0)
  }

  /// Weights that are exactly GD++: each step also transforms the inputs,
  /// `x ← x − γ Σ (xᵢ · x) xᵢ`.
  ///
  /// - Parameters:
  ///   - inputDimension: `D`
  ///   - targetWidth: `C`
  ///   - steps: `η` and `γ` of each step.
  ///   - contextCount: `n`; the sum with `γ` is not divided by it, so the weights depend on it.
  /// - SeeAlso: von Oswald et al. 2022, section 3, <https://arxiv.org/abs/2212.07677>.
  package static func gradientDescentPlusPlus(
    inputDimension: Int, targetWidth: Int = 1,
    steps: [(learningRate: Double, gamma: Double)], contextCount: Int
  ) -> LinearAttentionWeights {
    let width = inputDimension + targetWidth
    return LinearAttentionWeights(
      layers: steps.map { step in
        Layer(
          scores: .diagonal(width) { $0 < inputDimension ? 1 : 0 },
          update: .diagonal(width) {
            $0 < inputDimension ? -step.gamma * Double(contextCount) : -step.learningRate
          })
      })
  }

  /// The same model with scores whose mean diagonal entry over the inputs is one.
  ///
  /// - Returns: nil if that mean is zero in some layer, so that no factor does it.
  package func normalized(inputDimension: Int) -> LinearAttentionWeights? {
    var result = self
    for index in layers.indices {
      let diagonal = (0..<inputDimension).map { layers[index].scores[$0, $0] }
      let mean = diagonal.reduce(0, +) / Double(inputDimension)
      guard mean != 0 else { return nil }
      result.layers[index].scores = layers[index].scores.times(1 / mean)
      result.layers[index].update = layers[index].update.times(mean)
    }
    return result
  }

  /// The weights on the way to others, matrix by matrix.
  ///
  /// - Parameters:
  ///   - others: of as many layers; compare normalised ones only.
  ///   - share: of the others, from 0 to 1.
  /// - SeeAlso: von Oswald et al. 2022, section 3, where the share is one half,
  ///   <https://arxiv.org/abs/2212.07677>.
  package func interpolated(to others: LinearAttentionWeights, share: Double)
    -> LinearAttentionWeights
  {
    precondition(layers.count == others.layers.count, "Each layer has one to go to.")
    return LinearAttentionWeights(
      layers: zip(layers, others.layers).map { own, other in
        Layer(
          scores: own.scores.times(1 - share).plus(other.scores.times(share)),
          update: own.update.times(1 - share).plus(other.update.times(share)))
      })
  }

  /// The last layer applied again and again, `count` times in all, each a step that is `damping`
  /// as long.
  ///
  /// - SeeAlso: von Oswald et al. 2022, section 3, who damp by 0.75,
  ///   <https://arxiv.org/abs/2212.07677>.
  package func rolledOut(count: Int, damping: Double) -> LinearAttentionWeights {
    precondition(count > 0, "A model has a layer.")
    let last = layers[layers.count - 1]
    return LinearAttentionWeights(
      layers: [Layer](
        repeating: Layer(scores: last.scores, update: last.update.times(damping)), count: count))
  }
}
