import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      n  examples of a class     D  dimension of an input      C  classes

/// The Bayes-optimal classifier of Gaussian classes with one known spread around unknown centres.
///
/// An example of a class is `x ~ N(μ, spread² I)`, its centre `μ` is drawn from a ``CenterPrior``, and
/// all classes are equally frequent. The prediction is the logarithm of the probability of each class,
/// from its predictive density: for a Gaussian prior `N(x; m, (spread² + v) I)` with the posterior's
/// mean `m` and variance `v`; for a uniform one, with `a` the mean of the class's `n` examples, a
/// product over coordinates of `N(x; a, spread² (1 + 1/n))` times the share of the posterior that
/// lies within the limits after and before `x`. A class without examples has the prior's predictive
/// density.
///
/// Source of the tasks: Lee et al. 2023, <https://arxiv.org/abs/2310.08049>, whose centres are
/// uniform between -1 and 1 with spread 1; the Gaussian prior of the same variance is 1/3.
package struct GaussianMixtureBayes: EpisodeLearner {
  package let spread: Double
  package let prior: CenterPrior

  /// - Parameters:
  ///   - spread: positive.
  ///   - prior: with a positive variance or limit.
  package init(spread: Double, prior: CenterPrior) {
    switch prior {
    case .gaussian(let extent), .uniform(let extent):
      precondition(spread > 0 && extent > 0, "A mixture needs positive spread and extent.")
    }
    self.spread = spread
    self.prior = prior
  }

  package var name: String { "gaussianMixtureBayes" }

  /// - Complexity: O(N · C · D)
  func predictions(of episode: Episode) -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    let classCount = episode.classCount
    var counts = [Double](repeating: 0, count: classCount)
    /// `[C, D]`
    var sums = [Double](repeating: 0, count: classCount * dimension)
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      let offset = example * dimension
      let scores = (0..<classCount).map { label in
        (0..<dimension).reduce(0) { score, i in
          score
            + logarithmOfDensity(
              inputs[offset + i], count: counts[label], sum: sums[label * dimension + i])
        }
      }
      predictions += ClassScores.normalized(scores)
      let label = episode.label(of: example)
      counts[label] += 1
      for i in 0..<dimension { sums[label * dimension + i] += inputs[offset + i] }
    }
    return predictions
  }

  /// The logarithm of the predictive density of one coordinate, without the normal's `log √(2π)`.
  private func logarithmOfDensity(_ x: Double, count: Double, sum: Double) -> Double {
    let noise = spread * spread
    switch prior {
    case .gaussian(let variance):
      let remaining = 1 / (1 / variance + count / noise)
      return normal(x - remaining * sum / noise, variance: noise + remaining)
    case .uniform(let limit):
      let after = StandardNormal.logarithmOfMass(
        within: limit, mean: (sum + x) / (count + 1), variance: noise / (count + 1))
      guard count > 0 else {
        return after - .log(2 * limit) + StandardNormal.logarithmOfScale
      }
      let before = StandardNormal.logarithmOfMass(
        within: limit, mean: sum / count, variance: noise / count)
      return normal(x - sum / count, variance: noise * (1 + 1 / count)) + after - before
    }
  }

  private func normal(_ deviation: Double, variance: Double) -> Double {
    -0.5 * deviation * deviation / variance - 0.5 * .log(variance)
  }
}
