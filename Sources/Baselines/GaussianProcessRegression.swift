package import Episodes

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Regression by a Gaussian process, which is kernel ridge regression with error bars: the
/// Bayes-optimal learner of functions drawn from the process.
///
/// One Cholesky factor `L` of the kernel matrix of the whole episode serves every prefix. With `z`
/// the targets after forward substitution, `L z = y`, target `k` has given the targets before it the
/// mean `Σ_{j<k} L_kj z_j` and the variance `L_kk²`: the leading rows of `L` are the factor of the
/// leading examples.
///
/// To the noise is always added `10⁻¹⁰` of the variance of the function at the input. It keeps the
/// matrix positive definite where the kernel alone is singular in double precision, as without noise
/// for smooth functions, or for linear ones after `D` examples, and is what is left of the
/// predictive variance there.
package struct GaussianProcessRegression: GaussianLearner {
  /// The share of a function's variance that is added to the noise.
  static let jitter = 1e-10

  package let kernel: CovarianceKernel
  package let noiseVariance: Double

  /// - Parameter noiseVariance: not negative.
  package init(kernel: CovarianceKernel, noiseVariance: Double) {
    precondition(noiseVariance >= 0, "A variance is not negative.")
    self.kernel = kernel
    self.noiseVariance = noiseVariance
  }

  package var name: String { "gaussianProcess" }

  /// - Complexity: O(N² · D + N³)
  package func predictiveDistributions(of episode: Episode) -> [NormalDistribution] {
    let count = episode.shape.exampleCount
    let factor = CholeskyFactor(of: covariances(episode), count: count)
    var whitened: [Double] = []
    return (0..<count).map { example in
      var mean = 0.0
      for earlier in 0..<example { mean += factor[example, earlier] * whitened[earlier] }
      let deviation = factor[example, example]
      whitened.append((episode.realTarget(of: example) - mean) / deviation)
      return NormalDistribution(mean: mean, variance: deviation * deviation)
    }
  }

  /// The covariances of the noisy targets, `[N, N]`, on and below the diagonal.
  private func covariances(_ episode: Episode) -> [Double] {
    let count = episode.shape.exampleCount
    let dimension = episode.shape.inputDimension
    let inputs = episode.realInputs
    var matrix = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      for row in column..<count {
        matrix[column * count + row] = kernel.covariance(
          inputs.span, at: row * dimension, column * dimension, dimension: dimension)
      }
      let variance = matrix[column * count + column]
      // Where a function without noise is known to vanish, something must be left to divide by.
      matrix[column * count + column] +=
        noiseVariance + max(Self.jitter * variance, .leastNormalMagnitude)
    }
    return matrix
  }
}
