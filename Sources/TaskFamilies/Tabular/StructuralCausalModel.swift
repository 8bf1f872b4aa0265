package import Baselines
package import Configuration
package import Episodes
import RandomKeys

// Dimension key
//   N  examples in an episode     D  greatest number of features     C  greatest number of classes
//   R  greatest number of causes  L  greatest number of layers       H  nodes of a layer
//   G  greatest number of categories of a feature

/// Tables whose columns are nodes of random causal models, after the priors of prior-fitted networks.
///
/// One task is a graph of `1 ... R` causes and `2 ... L` layers of `H` nodes. Causes are independent,
/// `N(0, 1)` or uniform of the same variance. Nodes of the first layer are `b + W v` of the causes `v`,
/// those of others `b + W f(v) + σ ε` of the layer before, each layer with a function `f` of its own, any
/// of ``NodeFunction``, and `ε ~ N(0, 1)`. An edge is there with a probability of the task, uniform in
/// `edgeShare ... 1`; weights have such variance that sums have that of what comes in; biases are
/// `N(0, ¼)`; `σ` is uniform in `0 ... noise`.
///
/// `minimumFeatureCount ... D` nodes other than the target, causes among them, are the features, in
/// random order, so that features may be causes, effects or siblings of the target; zeros fill the rest
/// of the inputs. The target is a node of a layer, with probability ½ of the last. A feature is
/// categorical with probability `categoricalShare`: cut at random quantiles into `2 ... G` categories,
/// which are numbered in random order. For classification the target is cut at random quantiles into
/// `minimumClassCount ... C` classes with shuffled labels.
///
/// **Standardisation.** Columns are standardised, and cut, by the means, deviations and ranks of 64
/// further examples of the same model, which the task draws for itself. So an example depends on no
/// other of its episode: nothing of later targets leaks into a growing context, and longer episodes begin
/// with shorter ones. A column that hardly varies is zero. A value that is missing is 0 too, the mean.
///
/// Sources: Hollmann et al. 2022, <https://arxiv.org/abs/2207.01848>, for the idea; the
/// multilayer model of TabICL, Qu et al. 2025, <https://arxiv.org/abs/2502.05564>, and its code for the
/// construction. Ranges of numbers, the functions, and how columns are standardised are ours.
package struct StructuralCausalModel: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.structuralCausalModel
  package static let description = FamilyDescription(
    "Tables whose columns are nodes of a random causal model.",
    source: "Hollmann et al. 2022, in the manner of Qu et al. 2025",
    link: "https://arxiv.org/abs/2207.01848",
    oracle:
      "none is known; logisticRegression, or gradientBoostedTrees for numbers, the strongest at hand"
  )

  /// `D`
  package var dimension = 8
  package var minimumFeatureCount = 2
  package var target = TabularTarget.classification
  /// `C`
  package var classCount = 5
  package var minimumClassCount = 2
  /// `N`
  package var exampleCount = 32
  /// `R`
  package var causeCount = 6
  /// `L`
  package var layerCount = 4
  /// `H`
  package var width = 16
  package var edgeShare: Float = 0.3
  package var noise: Float = 0.2
  package var categoricalShare: Float = 0.2
  /// `G`
  package var categoryCount = 8
  package var missingShare: Float = 0

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...64, "greatest number of features"),
    Setting(
      "minimumFeatureCount", \.minimumFeatureCount, in: 1...64,
      "least number of features; other inputs are zero"),
    Setting("target", choice: \.target, "what is to be predicted"),
    Setting("classCount", \.classCount, in: 2...16, "greatest number of classes to predict"),
    Setting(
      "minimumClassCount", \.minimumClassCount, in: 2...16, "least number of classes to predict"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting("causeCount", \.causeCount, in: 1...64, "greatest number of causes"),
    Setting("layerCount", \.layerCount, in: 2...8, "greatest number of layers of effects"),
    Setting("width", \.width, in: 4...64, "nodes of a layer"),
    Setting(
      "edgeShare", \.edgeShare, in: 0.01...1, "least share of the possible edges that are there"),
    Setting("noise", \.noise, in: 0...1000, "greatest standard deviation of noise at nodes"),
    Setting(
      "categoricalShare", \.categoricalShare, in: 0...1,
      "probability that a feature is made of categories"),
    Setting("categoryCount", \.categoryCount, in: 2...16, "greatest number of categories"),
    Setting("missingShare", \.missingShare, in: 0...0.99, "probability that a value is missing"),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard minimumFeatureCount <= dimension else {
      throw SettingProblem(
        "minimumFeatureCount", "\(minimumFeatureCount) features of only \(dimension)")
    }
    guard minimumClassCount <= classCount else {
      throw SettingProblem(
        "minimumClassCount", "\(minimumClassCount) classes of only \(classCount)")
    }
    guard dimension + Self.candidateCount <= 2 * width else {
      throw SettingProblem(
        "width",
        "two layers with more nodes than features and targets, at least "
          + "\((dimension + Self.candidateCount + 1) / 2)")
    }
  }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension,
      target: target == .classification ? .classes(classCount) : .real,
      latentCount: layout.count)
  }

  var layout: CausalLayout { CausalLayout(self) }

  /// How many nodes are tried as targets, until one varies by more than its noise.
  static let candidateCount = 4

  /// The strongest known learner.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    switch target {
    case .classification: LogisticRegression()
    case .regression: GradientBoostedTrees()
    }
  }

  package var baselines: [any InContextLearner] {
    switch target {
    case .classification: [MajorityClass(), NearestNeighbors(3), NearestCentroid()]
    case .regression: [ZeroPredictor(), NearestNeighbors(3), RidgeRegression(penalty: 1)]
    }
  }
}
