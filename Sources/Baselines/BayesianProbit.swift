import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      n  examples of the context      D  dimension of an input

/// The Bayesian learner of linear classification `y = sign(w · x)` with `w ~ N(0, I)`, by expectation
/// propagation.
///
/// The exact posterior, a Gaussian cut by a plane for each example, has no closed form. Expectation
/// propagation replaces each constraint by the Gaussian factor with which the posterior has the mean
/// and variance of `w · x` that the constraint itself would give it, all others being Gaussian. The
/// prediction is `p(1) = Φ(m · x / √(xᵀ V x + noise²))` with the posterior's mean `m` and covariance `V`.
/// Each context starts from the factors of the one before.
///
/// Sources: Minka 2001, "Expectation Propagation for approximate Bayesian inference",
/// <https://arxiv.org/abs/1301.2294>; Rasmussen and Williams 2006, "Gaussian Processes for Machine
/// Learning", gives the moments.
package struct BayesianProbit: EpisodeLearner {
  /// The standard deviation of what is added to `w · x` before its sign is taken. A little keeps the
  /// posterior proper when no `w` fits the labels.
  package let noise: Double

  /// - Parameter noise: positive; a hundredth does not tell from none where `|x|` is of order one.
  package init(noise: Double = 0.01) {
    precondition(noise > 0, "A probit needs positive noise.")
    self.noise = noise
  }

  package var name: String { "bayesianProbit" }

  /// - Complexity: O(N² · D²) for each of some sweeps.
  func predictions(of episode: Episode) -> [Double] {
    precondition(episode.classCount == 2, "A probit tells two classes apart.")
    var posterior = ProbitPosterior(episode, noise: noise)
    return (0..<episode.shape.exampleCount).flatMap { example in
      let argument = posterior.argument(of: example)
      posterior.observe(example)
      return [
        StandardNormal.logarithmOfCumulative(-argument),
        StandardNormal.logarithmOfCumulative(argument),
      ]
    }
  }
}
