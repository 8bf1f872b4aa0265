package import Baselines
package import Episodes
import RandomKeys

// Dimension key
//   N  pairs in a context      D  dimension of an input      K  classes      L  labels
//   B  burstiness              M  bursts of a context, N/B

/// Classes that come in bursts, so that a model may learn them in context or in its weights.
///
/// The corpus is `K` classes with means `μ ~ N(0, I/D)`, class `k` with label `k mod L`, the same in all
/// tasks. An item of a class is `x = (μ + ε η) / √(1 + ε²)`, `η ~ N(0, I/D)`. A sequence is `N` items with
/// their labels, and a query, the last example of the episode:
/// * with probability `p_C` it is of novel classes: `M` of `novelClassCount` whose means are drawn for
///   this task alone, `B` items each in random order, and the query of one of them;
/// * else with probability `p_B` it is bursty: the same with classes of the corpus, by Zipf's law;
/// * else all items, and the query, are of classes drawn alone from the corpus by Zipf's law.
///
/// A query of a bursty sequence can be answered by looking in the context, one of a known class out of
/// weights that remember the corpus. The targets before the last are trained on too unless a model's
/// loss leaves them out; the paper's loss is that of the query.
///
/// The latent holds whether classes are novel; whether the sequence is bursty; of each burst its class,
/// `[M]`, and its label, `[M]`, -1 if the sequence is not bursty; and the means of novel classes, `[M,
/// D]`, else zeros. A pool's tasks thus fix the classes of contexts.
///
/// Source: Reddy 2023, <https://arxiv.org/abs/2312.03002>, and public ports of its code, from
/// which `novelClassCount` and `distinctLabels` come. Items here are tokens with their labels as the
/// prompt format says; the paper's positions and random label vectors are no part of them.
package struct BurstyPrototypes: TaskFamily {
  /// The largest `L`: labels are permuted on the stack.
  package static let largestLabelCount = 1024
  /// The largest `N`: examples are permuted on the stack.
  package static let largestContext = 1024

  package let settings: BurstySettings
  package let episodeShape: EpisodeShape
  /// The means of the classes of the corpus, `[K, D]`.
  package let means: [Float]
  let frequencies: ZipfLaw

  package init(_ settings: BurstySettings) {
    self.settings = settings
    episodeShape = settings.episodeShape
    frequencies = ZipfLaw(count: settings.classCount, exponent: settings.zipfExponent)
    // Apart from the streams that others fold out of the same seed: "corpus" in ASCII.
    means = RandomKey(seed: UInt64(settings.corpusSeed)).folded(with: 0x636F_7270_7573 as UInt64)
      .normals(
        settings.classCount * settings.dimension, standardDeviation: Self.deviation(settings))
  }

  /// Of a coordinate of a mean, `1/√D`.
  static func deviation(_ settings: BurstySettings) -> Float {
    1 / Float(settings.dimension).squareRoot()
  }

  /// Of a known class.
  func label(of known: Int) -> Int {
    (settings.swappedLabels ? known + 1 : known) % settings.labelCount
  }

  /// The strongest known learner; see ``PrototypeRecall`` for what keeps it from optimal.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    let square = Double(settings.spread) * Double(settings.spread)
    let scale = 1 / (1 + square).squareRoot()
    let known = 1 - Double(settings.novelShare)
    return PrototypeRecall(
      prototypes: means.map { Double($0) * scale },
      labels: (0..<settings.classCount).map { label(of: $0) },
      weights: (0..<settings.classCount).map { known * frequencies.probability(of: $0) },
      spread: (square / Double(settings.dimension)).squareRoot() * scale)
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(1), NearestCentroid()]
  }
}
