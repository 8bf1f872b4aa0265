package import Baselines
import Episodes
package import RandomKeys
import TaskFamilies

// Dimension key
//   E  episodes      K  context lengths      L  candidates

/// Finds out which known learner models have become, from what they predict on the same tasks.
///
/// Made once for some tasks, it serves any number of models, such as the checkpoints of a run.
package struct AlgorithmIdentification: Sendable {
  private let tasks: IdentificationTasks
  private let probe: ProbeEpisodes
  private let linearProbe: LinearProbe?
  private let contexts: SpectralContexts?
  private let search: CandidateSearch
  /// Of the learners whose constants the tasks state, by name.
  private let stated: [String: PredictionVectors]
  private let bootstrap: Bootstrap
  private let rule: VerdictRule
  private let key: RandomKey

  /// Draws the episodes, asks the known learners, and searches their constants.
  ///
  /// - Parameters:
  ///   - tasks: on which models are compared with known learners.
  ///   - episodeCount: `E`, at least 2.
  ///   - contextLengths: after how many examples predictions are compared; after any if nil.
  ///   - searchContextCount: in how many contexts the constants of learners are searched.
  ///   - bootstrap: makes the intervals.
  ///   - rule: gives the verdict.
  ///   - key: names episodes and resamples.
  /// - Throws: ``EvaluationError`` if a prediction is not finite; what a learner throws.
  /// - Complexity: O(L · E · K) memory for the predictions of all learners.
  package init(
    tasks: IdentificationTasks, episodeCount: Int, contextLengths: [Int]? = nil,
    searchContextCount: Int = 8192, bootstrap: Bootstrap = Bootstrap(),
    rule: VerdictRule = VerdictRule(), key: RandomKey
  ) throws {
    let family = tasks.family
    let episodes = key.folded(with: 0)
    let probe = ProbeEpisodes(
      family.episodes(episodeCount, key: episodes), contextLengths: contextLengths)
    let lengths = probe.contextLengths.count
    let tuning = ProbeEpisodes(
      family.episodes(
        max(32, searchContextCount / lengths), key: key.folded(with: 1)),
      contextLengths: probe.contextLengths)
    self.tasks = tasks
    self.probe = probe
    self.bootstrap = bootstrap
    self.rule = rule
    self.key = key
    linearProbe = LinearProbe(
      probe, family: family, tasks: episodes, key: key.folded(with: 2))
    contexts =
      probe.shape.target == .real
      ? SpectralContexts(of: probe.episodes, contextLengths: probe.contextLengths) : nil
    search = try CandidateSearch(tasks: tasks, tuning: tuning)
    let vectors = try search.stated.map { ($0.name, try probe.vectors(of: $0.learner)) }
    stated = Dictionary(uniqueKeysWithValues: vectors)
  }

  /// What a model has become.
  ///
  /// - Throws: ``EvaluationError`` if a prediction is not finite; what the model throws.
  package func identify(_ model: any InContextLearner) throws -> Identification {
    let candidates = try search.candidates(for: model)
    let predictions = try probe.vectors(of: model)
    let vectors = try candidates.map { try self.vectors(of: $0) }
    guard let zero = stated[ZeroPredictor().name] else {
      preconditionFailure("Predicting nothing is a candidate.")
    }
    let resamples = key.folded(with: 3)
    let differences = SquaredDifferences(
      predictions, vectors, on: probe, bootstrap: bootstrap, key: resamples)
    let shares = Shares(differences, candidates, bootstrap)
    let blended = candidates.indices.filter { candidates[$0].origin != .fittedToModel }
    let blend = BlendFit(
      predictions, blended.map { vectors[$0] }, groups: blended.map { candidates[$0].group },
      origin: zero, on: probe, bootstrap: bootstrap, key: resamples)
    let verdict = rule.verdict(
      on: VerdictRule.Evidence(
        candidates: candidates, unexplained: shares.estimates, resampled: shares.resampled,
        modelMeanSquare: shares.model.value, blend: blend, bootstrap: bootstrap))
    let linear = try linearProbe.map {
      try LinearComparison(of: model, on: $0, bootstrap: bootstrap, key: resamples)
    }
    let order = candidates.indices.sorted { differences.means[$0] < differences.means[$1] }
    return Identification(
      tasks: tasks.name, episodes: probe.episodes.count, contextLengths: probe.contextLengths,
      confidence: bootstrap.confidence, resamples: bootstrap.resamples,
      targetMeanSquare: probe.meanSquare, modelMeanSquare: shares.model,
      candidates: try order.map { index in
        try comparison(
          candidates[index], vectors[index], predictions, differences.curves[index],
          differences.mean(of: index, bootstrap), shares.estimates[index], linear)
      },
      candidateDifferences: distances(order.map { vectors[$0] }), linearity: linear?.linearity,
      blend: blend, odds: odds(predictions, candidates, vectors, zero), verdict: verdict)
  }

  private func vectors(of candidate: CandidateAlgorithm) throws -> PredictionVectors {
    if let known = stated[candidate.name] { return known }
    if let filter = candidate.filter, let contexts {
      return PredictionVectors(numbers: contexts.predictions(of: filter))
    }
    return try probe.vectors(of: candidate.learner)
  }

  private func comparison(
    _ candidate: CandidateAlgorithm, _ vectors: PredictionVectors, _ model: PredictionVectors,
    _ curve: ContextCurve, _ mean: Estimate, _ unexplained: Estimate, _ linear: LinearComparison?
  ) throws -> CandidateComparison {
    let isReal = probe.shape.target == .real
    let compared = try linear?.comparison(with: candidate.learner)
    return CandidateComparison(
      name: candidate.name, words: candidate.words, algorithm: candidate.group,
      constants: candidate.constants, origin: candidate.origin, role: candidate.role,
      difference: curve, meanDifference: mean, unexplained: unexplained,
      predictionDifference: isReal
        ? estimate(model.squaredDistances(to: vectors).map { $0.squareRoot() }) : nil,
      agreement: isReal ? nil : estimate(model.agreements(with: vectors)),
      sensitivity: compared?.sensitivity, weightDifference: compared?.weights)
  }

  /// The mean over episodes and context lengths of `[E, K]` numbers.
  private func estimate(_ numbers: [Double]) -> Estimate {
    let lengths = probe.contextLengths.count
    let means = stride(from: 0, to: numbers.count, by: lengths).map { start in
      Float(numbers[start..<start + lengths].reduce(0, +) / Double(lengths))
    }
    let resampled = bootstrap.resampledMeans(of: means, width: 1, key: key.folded(with: 3))
    return bootstrap.estimate(
      numbers.reduce(0, +) / Double(numbers.count), resampled: resampled.map { $0[0] })
  }

  /// The squared differences between candidates, `[L, L]`.
  private func distances(_ vectors: [PredictionVectors]) -> [[Double]] {
    concurrentMap(count: vectors.count) { row in
      vectors.map { other in
        let squares = vectors[row].squaredDistances(to: other)
        return squares.reduce(0, +) / Double(squares.count) / probe.meanSquare
      }
    }
  }

  private func odds(
    _ model: PredictionVectors, _ candidates: [CandidateAlgorithm],
    _ vectors: [PredictionVectors], _ zero: PredictionVectors
  ) -> PosteriorOdds? {
    guard let memorizing = candidates.firstIndex(where: { $0.role == .memorizing }),
      let generalizing = candidates.firstIndex(where: { $0.role == .generalizing })
    else { return nil }
    let pair = [memorizing, generalizing]
    let names = pair.map { candidates[$0].name }
    let fit = BlendFit(
      model, pair.map { vectors[$0] }, groups: names, origin: zero, on: probe,
      bootstrap: bootstrap, key: key.folded(with: 3))
    return PosteriorOdds(memorizing: names[0], generalizing: names[1], fit: fit)
  }
}

/// What candidates leave of the model's mean square.
private struct Shares {
  /// The model's mean square itself, over that of the targets.
  let model: Estimate
  /// `[L]`
  let estimates: [Estimate]
  /// `[R]` of `[L]`
  let resampled: [[Double]]

  init(
    _ differences: SquaredDifferences, _ candidates: [CandidateAlgorithm], _ bootstrap: Bootstrap
  ) {
    let zero = candidates.firstIndex { $0.learner is ZeroPredictor } ?? 0
    func shares(_ means: [Double]) -> [Double] {
      means.map { means[zero] > 0 ? $0 / means[zero] : 1 }
    }
    let resampled = differences.resampledMeans.map(shares)
    estimates = shares(differences.means).enumerated().map { index, share in
      bootstrap.estimate(share, resampled: resampled.map { $0[index] })
    }
    self.resampled = resampled
    model = differences.mean(of: zero, bootstrap)
  }
}
