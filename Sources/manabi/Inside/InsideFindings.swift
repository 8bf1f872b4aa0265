import Baselines
import Episodes
import Evaluation
import MetaTraining
import RandomKeys
import TaskFamilies

/// What was found inside a model.
struct InsideFindings {
  let checkpoint: String
  let step: Int
  /// The kind of the family that it was trained on.
  let family: String
  let seed: Int
  let layout: PromptLayout
  let attention: AttentionSurvey
  let probes: ProbeSurvey
  let influence: TokenInfluence
  let ablation: AblationSurvey

  /// How many episodes each part takes at most: what it costs grows faster than what it gains.
  enum Limit {
    static let attention = 256
    static let influence = 32
    static let ablation = 512
  }

  /// - Parameters:
  ///   - inspected: the model itself.
  ///   - episodes: drawn from `family`.
  ///   - key: names everything that is random beside the episodes.
  /// - Throws: `EvaluationError` if the model computes a number that is not finite; `EngineError` if a
  ///   kernel fails.
  init(
    of model: TrainedModel, _ inspected: InspectedModel, on episodes: [Episode],
    from family: any TaskFamily, seed: Int, key: RandomKey
  ) throws {
    checkpoint = model.path
    step = model.step
    self.family = model.experiment.family.kind.rawValue
    self.seed = seed
    layout = inspected.layout
    attention = try inspected.attention(
      on: Array(episodes.prefix(Limit.attention)), key: key.folded(with: 0))
    influence = try inspected.influence(
      on: Array(episodes.prefix(Limit.influence)), key: key.folded(with: 1))
    probes = try Self.showingProgress("probed place") { progress in
      try inspected.probes(
        on: episodes, weights: family.weights, estimator: Self.estimator(of: family),
        key: key.folded(with: 2), progress: progress)
    }
    ablation = try Self.showingProgress("ablation") { progress in
      try inspected.ablations(
        on: Array(episodes.prefix(Limit.ablation)), key: key.folded(with: 3), progress: progress)
    }
  }

  /// The optimal learner of the tasks if its predictions are linear in the query, else least squares.
  private static func estimator(of family: any TaskFamily) -> any QueryDifferentiable {
    if let oracle = family.oracle as? any QueryDifferentiable, oracle.isAffineInQuery {
      return oracle
    }
    return LeastSquares()
  }

  /// Shows on standard error how far long work is.
  private static func showingProgress<Result>(
    _ unit: String, _ work: ((_ done: Int, _ total: Int) -> Void) throws -> Result
  ) rethrows -> Result {
    var line: ProgressLine?
    defer { line?.finish() }
    return try work { done, total in
      let known = line ?? ProgressLine(from: 0, to: total, unit: unit)
      line = known
      known.show(done, "")
    }
  }

  /// The last part of the directory, which names the run.
  var run: String {
    let parts = checkpoint.split(separator: "/")
    return parts.count > 1 ? String(parts[parts.count - 2]) : checkpoint
  }
}

extension InsideFindings: Encodable {
  private enum CodingKeys: String, CodingKey {
    case checkpoint, step, family, seed, format, attention, influence, probes, ablation
  }

  private struct Attention: Encodable {
    let episodes: Int
    let layers: [Layer]

    struct Layer: Encodable {
      let even: AttentionNumbers
      let heads: [AttentionNumbers]
    }
  }

  private struct Influence: Encodable {
    let episodes: Int
    let related: [TokenRelation: Estimate]
    let others: Estimate?
  }

  /// Everything but the maps, which are in the report.
  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(checkpoint, forKey: .checkpoint)
    try values.encode(step, forKey: .step)
    try values.encode(family, forKey: .family)
    try values.encode(seed, forKey: .seed)
    try values.encode(layout.format, forKey: .format)
    try values.encode(
      Attention(
        episodes: attention.episodes,
        layers: attention.layers.map { .init(even: $0.even, heads: $0.heads) }),
      forKey: .attention)
    try values.encode(
      Influence(
        episodes: influence.episodes, related: influence.related, others: influence.others),
      forKey: .influence)
    try values.encode(probes, forKey: .probes)
    try values.encode(ablation, forKey: .ablation)
  }
}
