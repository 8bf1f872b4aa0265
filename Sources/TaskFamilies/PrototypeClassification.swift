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
/// * a label of its own, uniform among the `C`, for each of its prototypes.
///
/// An example is `x = A (μ + s ε)`, `ε ~ N(0, I)`, of a prototype uniform among those of the task,
/// with the label of that prototype.
///
/// The latent holds the number of classes; for each prototype its label, or -1 if the task does not
/// use it; `Aᵀ` as `[K, D]`; and the prototypes, `[C, K]`, if they are fresh.
///
/// Source: Kirsch et al. 2022, section 3, <https://arxiv.org/abs/2212.04458>, with Gaussian
/// prototypes in place of images.
package struct PrototypeClassification: TaskFamily {
  /// The largest `C`: labels are permuted on the stack.
  package static let largestClassCount = 64
  /// The largest `K`: items are drawn on the stack.
  package static let largestLatentDimension = 1024

  package let configuration: PrototypeClassificationConfiguration
  package let episodeShape: EpisodeShape
  /// The prototypes of a fixed base, `[C, K]`; nil if they are fresh.
  package let prototypes: [Float]?
  let pool: TaskPool

  package init(_ configuration: PrototypeClassificationConfiguration) {
    let prototypeCount = configuration.classCount * configuration.latentDimension
    let projectionCount = configuration.inputDimension * configuration.latentDimension
    self.configuration = configuration
    episodeShape = EpisodeShape(
      exampleCount: configuration.exampleCount, inputDimension: configuration.inputDimension,
      target: .classes(configuration.classCount),
      latentCount: 1 + configuration.classCount + projectionCount
        + (configuration.base == .fresh ? prototypeCount : 0))
    pool = TaskPool(count: configuration.taskCount, seed: configuration.poolSeed)
    prototypes =
      switch configuration.base {
      case .fixed:
        RandomKey(seed: UInt64(configuration.baseSeed))
          .folded(with: ClassificationTaskStream.prototypes).normals(prototypeCount)
      case .fresh: nil
      }
  }

  /// The strongest known learner; see ``BayesianDiscriminant`` for what keeps it from optimal.
  package var oracle: any InContextLearner {
    let (variance, covariance) = meanGram
    return BayesianDiscriminant(
      latentDimension: configuration.latentDimension, variance: variance, covariance: covariance,
      spread: Double(configuration.spread), minimumClassCount: configuration.minimumClassCount)
  }

  package var baselines: [any InContextLearner] {
    [
      MajorityClass(), NearestNeighbors(1), NearestCentroid(), LogisticRegression(), oracle,
    ]
  }

  /// The means of `|μ|² / K`, and of `μ · μ' / K` over pairs of different prototypes.
  private var meanGram: (variance: Double, covariance: Double) {
    guard let prototypes else { return (1, 0) }
    let width = configuration.latentDimension
    let count = configuration.classCount
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
