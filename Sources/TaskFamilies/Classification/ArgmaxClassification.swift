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
  package static let kind = FamilyKind.argmaxClassification
  package static let description = FamilyDescription(
    "The class is the one whose random vector has the greatest product with x.",
    source: "Lee et al. 2023, its code", link: "https://arxiv.org/abs/2310.08049",
    oracle: "bayesianProbit for two Gaussian vectors, else ridgeOnClasses, the strongest known")

  /// `C`
  package var classCount = 4
  /// `D`
  package var dimension = 16
  /// `N`
  package var exampleCount = 32
  package var classVectors = InputDistribution.gaussian
  package var inputs = InputDistribution.gaussian

  package static let settings: [Setting<Self>] = [
    Setting("classCount", \.classCount, in: 2...1024, "classes"),
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
    let whole = targets.count / 4 * 4
    for first in stride(from: 0, to: whole, by: 4) { choose(4, first, rows, columns, &targets) }
    for example in whole..<targets.count { choose(1, example, rows, columns, &targets) }
  }

  /// Writes the classes of some examples, whose products are summed side by side.
  @inline(__always)
  private func choose(
    _ count: Int, _ first: Int, _ rows: Span<Float>, _ columns: Span<Float>,
    _ targets: inout MutableSpan<Float>
  ) {
    var greatest = InlineArray<4, Double>(repeating: -.infinity)
    var label = 0
    while label &+ 4 <= classCount {
      compare(count, first, 4, label, rows, columns, &greatest, &targets)
      label &+= 4
    }
    while label < classCount {
      compare(count, first, 1, label, rows, columns, &greatest, &targets)
      label &+= 1
    }
  }

  /// Writes the first of some classes whose product is greater than the greatest before; in bounds by what
  /// ``drawTargets`` checks.
  @inline(__always)
  private func compare(
    _ count: Int, _ first: Int, _ width: Int, _ label: Int, _ rows: Span<Float>,
    _ columns: Span<Float>, _ greatest: inout InlineArray<4, Double>,
    _ targets: inout MutableSpan<Float>
  ) {
    var scores = InlineArray<16, Double>(repeating: 0)
    var score = scores.mutableSpan
    for i in 0..<dimension {
      for example in 0..<count {
        let coordinate = Double(rows[unchecked: (first &+ example) &* dimension &+ i])
        for c in 0..<width {
          score[unchecked: example &* 4 &+ c] +=
            coordinate * Double(columns[unchecked: i &* classCount &+ label &+ c])
        }
      }
    }
    for example in 0..<count {
      for c in 0..<width where score[example &* 4 &+ c] > greatest[example] {
        greatest[example] = score[example &* 4 &+ c]
        targets[first &+ example] = Float(label &+ c)
      }
    }
  }

  /// The Bayes-optimal learner of two classes with Gaussian vectors, whose difference is the normal of
  /// a plane; else the strongest known one.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    classCount == 2 && classVectors == .gaussian
      ? BayesianProbit() : ClassRegression(RidgeRegression(penalty: Double(dimension)))
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(3), NearestCentroid(), LogisticRegression()]
  }
}
