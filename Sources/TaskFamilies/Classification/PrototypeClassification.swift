package import Baselines
package import Episodes
import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input
//   C  labels, and prototypes      K  dimension of the space of prototypes

/// Classes around prototypes, seen through a random projection under random labels.
///
/// The base is `C` prototypes `μ ~ N(0, I)` in `K` dimensions. One task is
/// * a number of classes, uniform in `minimumClassCount ... C`, and as many of the prototypes;
/// * a projection `A` of `[D, K]` with `A_ij ~ N(0, 1/K)`, where `K` is the dimension it maps from;
/// * a label of its own, uniform among the `C`, for each of its prototypes; or, with probability
///   `labelBias`, the number of the prototype in the base. A bias shortens the plateau of the loss,
///   and what is learned still generalises to tasks without one.
///
/// An example is `x = A (μ + s ε)`, `ε ~ N(0, I)`, of a prototype uniform among those of the task,
/// with the label of that prototype.
///
/// The latent holds the number of classes; the prototype of each, `[C]`, and its label, `[C]`, both
/// -1 where there are fewer; `Aᵀ` as `[K, D]`; and the prototypes, `[C, K]`, if they are fresh.
///
/// Source: Kirsch et al. 2022, section 3, <https://arxiv.org/abs/2212.04458>, with Gaussian
/// prototypes in place of images.
package struct PrototypeClassification: TaskFamily {
  /// The largest `C`: labels are permuted on the stack.
  package static let largestClassCount = 64
  /// The largest `K`: items are drawn on the stack.
  package static let largestLatentDimension = 1024

  package let settings: PrototypeSettings
  package let episodeShape: EpisodeShape
  /// The prototypes of a fixed base, `[C, K]`; nil if they are fresh.
  package let prototypes: [Float]?

  package init(_ settings: PrototypeSettings) {
    self.settings = settings
    episodeShape = settings.episodeShape
    prototypes =
      switch settings.base {
      case .fixed:
        RandomKey(seed: UInt64(settings.baseSeed)).folded(with: ClassificationTaskStream.prototypes)
          .normals(settings.classCount * settings.latentDimension)
      case .fresh: nil
      }
  }

  /// The strongest known learner; see ``BayesianDiscriminant`` for what keeps it from optimal.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    let (variance, covariance) = meanGram
    return BayesianDiscriminant(
      latentDimension: settings.latentDimension, variance: variance, covariance: covariance,
      spread: Double(settings.spread), minimumClassCount: settings.leastClassCount)
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(1), NearestCentroid(), LogisticRegression()]
  }

  /// The means of `|μ|² / K`, and of `μ · μ' / K` over pairs of different prototypes.
  private var meanGram: (variance: Double, covariance: Double) {
    guard let prototypes else { return (1, 0) }
    let width = settings.latentDimension
    let count = settings.classCount
    var diagonal = 0.0
    var sum = [Double](repeating: 0, count: width)
    for (index, coordinate) in prototypes.enumerated() {
      diagonal += Double(coordinate) * Double(coordinate)
      sum[index % width] += Double(coordinate)
    }
    let total = sum.reduce(0) { $0 + $1 * $1 }
    return (
      diagonal / Double(count * width),
      (total - diagonal) / Double(count * (count - 1) * width)
    )
  }
}
