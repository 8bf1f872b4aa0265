package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      R  hidden units

/// Random networks of two layers with rectified linear units.
///
/// One task is `R` vectors `w_r ~ N(0, I)` and their weights `a ~ N(0, I)`. An example is
/// `x ~ inputScale · N(0, I)`, or uniform, with target `y = √(2/R) Σ a_r max(0, w_r · x) + σ ε`,
/// `ε ~ N(0, 1)`. Targets have the mean square `E |x|² + σ²`. The latent holds the vectors as `[D, R]`,
/// then `a`.
///
/// For any two inputs the covariance of targets is the same for every `R`: the Gaussian process
/// with that covariance is the best of all learners linear in targets, and optimal as `R` grows.
///
/// Source: Garg et al. 2022, section 3.3, <https://arxiv.org/abs/2208.01066>, with `D` 20, `R` 100
/// and 101 examples.
package struct ReLUNetwork: FunctionFamily {
  package static let kind = FamilyKind.reluNetwork
  package static let description = FamilyDescription(
    "y = √(2/R) Σ a max(0, w · x) + noise, with R hidden units of each task.",
    source: "Garg et al. 2022, section 3.3", link: "https://arxiv.org/abs/2208.01066",
    oracle: "the Gaussian process of networks of infinite width, nearly optimal for many units")
  /// The largest `R`: hidden units are computed on the stack.
  package static let largestHiddenCount = 1024

  /// `D`
  package var dimension = 20
  /// `R`
  package var hiddenCount = 100
  /// `N`
  package var exampleCount = 101
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting(dimension: \.dimension),
    Setting("hiddenCount", \.hiddenCount, in: 1...largestHiddenCount, "hidden units"),
    Setting(exampleCount: \.exampleCount), Setting(noise: \.noise), Setting(inputs: \.inputs),
    Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real,
      latentCount: (dimension + 1) * hiddenCount)
  }

  /// `a`, the outer layer.
  package var weights: Range<Int>? { dimension * hiddenCount..<(dimension + 1) * hiddenCount }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    key.fillNormals(&latent)
  }

  /// - Complexity: O(N·D·R), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    let width = hiddenCount
    let dimension = dimension
    precondition(
      latent.count == (dimension + 1) * width && inputs.count == targets.count * dimension
        && width <= Self.largestHiddenCount, "Weights of each unit, a row for each target.")
    let scale = (2 / Float(width)).squareRoot()
    var storage = InlineArray<1024, Float>(repeating: 0)
    var hidden = storage.mutableSpan
    for example in 0..<targets.count {
      addUnits(&hidden, width, latent, inputs, from: example &* dimension)
      targets[unchecked: example] +=
        scale * rectifiedProduct(hidden.span, latent, from: dimension &* width, width)
    }
  }

  /// Writes `w_r · x` of each unit, of the input that begins at a place.
  @inline(__always)
  private func addUnits(
    _ hidden: inout MutableSpan<Float>, _ width: Int, _ latent: Span<Float>, _ inputs: Span<Float>,
    from start: Int
  ) {
    let whole = dimension / 4 * 4
    for unit in 0..<width { hidden[unchecked: unit] = 0 }
    // In bounds by the caller's precondition. Four rows at once, so that units are loaded and stored
    // once for them.
    for i in stride(from: 0, to: whole, by: 4) {
      let row = i &* width
      let (x0, x1) = (inputs[unchecked: start &+ i], inputs[unchecked: start &+ i &+ 1])
      let (x2, x3) = (inputs[unchecked: start &+ i &+ 2], inputs[unchecked: start &+ i &+ 3])
      for unit in 0..<width {
        let first = x0 * latent[unchecked: row &+ unit]
        let second = x1 * latent[unchecked: row &+ width &+ unit]
        let third = x2 * latent[unchecked: row &+ 2 &* width &+ unit]
        let fourth = x3 * latent[unchecked: row &+ 3 &* width &+ unit]
        hidden[unchecked: unit] += (first + second) + (third + fourth)
      }
    }
    for i in whole..<dimension {
      let coordinate = inputs[unchecked: start &+ i]
      for unit in 0..<width {
        hidden[unchecked: unit] += coordinate * latent[unchecked: i &* width &+ unit]
      }
    }
  }

  /// `Σ a_r max(0, h_r)`, in sixteen interleaved parts.
  @inline(__always)
  private func rectifiedProduct(
    _ hidden: Span<Float>, _ latent: Span<Float>, from start: Int, _ count: Int
  ) -> Float {
    var storage = InlineArray<16, Float>(repeating: 0)
    var sums = storage.mutableSpan
    let whole = count / 16 * 16
    for first in stride(from: 0, to: whole, by: 16) {
      for lane in 0..<16 {
        let unit = hidden[unchecked: first &+ lane]
        sums[unchecked: lane] +=
          latent[unchecked: start &+ first &+ lane] * (unit > 0 ? unit : 0)
      }
    }
    for index in whole..<count {
      let unit = hidden[unchecked: index]
      sums[unchecked: index &- whole] += latent[unchecked: start &+ index] * (unit > 0 ? unit : 0)
    }
    var sum: Float = 0
    for lane in 0..<16 { sum += sums[unchecked: lane] }
    return sum
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    GaussianProcessRegression(
      kernel: .rectifiedLinear(variance: weightScale * weightScale), noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), NearestNeighbors(3), LeastSquares(), TwoLayerNetwork()]
  }
}
