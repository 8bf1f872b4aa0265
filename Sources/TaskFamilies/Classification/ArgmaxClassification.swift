package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  classes

/// The class of an input is the vector, of one for each class, that it points along most.
///
/// One task is `C` class vectors `w`, `N(0, I)` or `U(-1, 1)` in every coordinate. An example is `x`,
/// distributed in one of the same ways, of class `argmax_c w_c · x`. The latent holds the class vectors
/// as `[D, C]`.
///
/// Source: Lee et al. 2023, multiclass classification of its code, <https://arxiv.org/abs/2310.08049>.
package struct ArgmaxClassification: TaskFamily, FamilySettings {
  /// The largest `C`: scores are summed on the stack.
  package static let largestClassCount = 64

  package static let kind = FamilyKind.argmaxClassification
  package static let description = FamilyDescription(
    "The class is the one whose random vector has the greatest product with x.",
    source: "Lee et al. 2023, its code", link: "https://arxiv.org/abs/2310.08049",
    oracle: "bayesianProbit for two Gaussian vectors, else logisticRegression, the strongest known")

  /// `C`
  package var classCount = 4
  /// `D`
  package var dimension = 16
  /// `N`
  package var exampleCount = 32
  package var classVectors = InputDistribution.gaussian
  package var inputs = InputDistribution.gaussian

  package static let settings: [Setting<Self>] = [
    Setting("classCount", \.classCount, in: 2...largestClassCount, "classes"),
    Setting("dimension", \.dimension, in: 1...1024, "dimension of an input"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting(
      "classVectors", choice: \.classVectors,
      "distribution of every coordinate of a class vector, N(0, 1) or U(-1, 1)"),
    Setting(
      "inputs", choice: \.inputs,
      "distribution of every coordinate of an input, N(0, 1) or U(-1, 1)"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(classCount),
      latentCount: dimension * classCount)
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    classVectors.fill(&latent, scale: 1, key)
  }

  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    var span = episode.inputs.mutableSpan
    inputs.fill(&span, scale: 1, key.folded(with: .inputs))
  }

  /// - Complexity: O(N·D·C), without allocations.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (classVectors, inputs) = (episode.latent, episode.inputs)
    var targets = episode.targets.mutableSpan
    let rows = inputs.span
    let columns = classVectors.span
    precondition(
      rows.count == targets.count * dimension && columns.count == dimension * classCount,
      "An episode is as long as its shape says.")
    var scores = InlineArray<64, Double>(repeating: 0)
    var score = scores.mutableSpan
    for example in 0..<targets.count {
      for label in 0..<classCount { score[unchecked: label] = 0 }
      for i in 0..<dimension {
        // In bounds by the precondition.
        let coordinate = Double(rows[unchecked: example &* dimension &+ i])
        let column = i &* classCount
        for label in 0..<classCount {
          score[unchecked: label] += coordinate * Double(columns[unchecked: column &+ label])
        }
      }
      var greatest = 0
      for label in 1..<classCount where score[unchecked: label] > score[unchecked: greatest] {
        greatest = label
      }
      targets[unchecked: example] = Float(greatest)
    }
  }

  /// The Bayes-optimal learner of two classes with Gaussian vectors, whose difference is the normal of
  /// a plane; else the strongest known one.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    classCount == 2 && classVectors == .gaussian
      ? BayesianProbit() : LogisticRegression()
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(3), NearestCentroid(), LogisticRegression()]
  }
}
