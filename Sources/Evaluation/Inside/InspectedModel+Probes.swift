package import Baselines
package import Episodes
import Models
package import RandomKeys
import Tensors

// Dimension key
//   E  episodes      d  width of the residual stream

extension InspectedModel {
  /// Looks for what a learner would compute in the residual stream: behind each layer, at several places
  /// of the prompt, with linear probes and with such of one hidden layer.
  ///
  /// Each probe also learns a control task, the quantities of other episodes in random order, in which
  /// there is nothing to find (after Hewitt and Liang 2019, section 2,
  /// <https://arxiv.org/abs/1909.03368>). Probes are fitted to three fifths of the episodes, chosen by a
  /// fifth and scored on the last. Moments and estimated weights are what Akyürek et al. 2022 look for,
  /// section 5, <https://arxiv.org/abs/2211.15661>; they let the probe attend to all tokens, here each
  /// place is asked by itself.
  ///
  /// - Parameters:
  ///   - episodes: of the layout's shape, at least ``fewestProbedEpisodes``.
  ///   - weights: which part of the latent holds the weights of the task, if any.
  ///   - estimator: the learner of real targets whose weights, predictions and residuals are looked for.
  ///   - key: names the control task, the first parameters of probes and the bootstrap resamples.
  ///   - progress: told how many of how many places are done.
  /// - Throws: ``EvaluationError/nonFiniteActivation(episode:)``; `EngineError` if a kernel fails; what
  ///   the estimator throws.
  package func probes(
    on episodes: [Episode], weights: Range<Int>?, estimator: any QueryDifferentiable,
    bootstrap: Bootstrap = Bootstrap(), key: RandomKey,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> ProbeSurvey {
    let division = ProbeDivision(episodes.count)
    let known = try ProbeQuantities(of: episodes, weights: weights, estimator: estimator)
    let sites = try ProbeSite.sites(of: layout).map { ($0, try ProbeColumns(known, at: $0)) }
      .filter { $0.1.width > 0 }
    let readings = try readings(at: sites.map(\.0), of: episodes)
    let control = key.folded(with: 0)
    let columns = sites.map { [$0.1, $0.1.permuted(control)] }
    let linear = concurrentMap(count: readings.count) { index in
      LinearActivationProbe.outcomes(
        of: columns[readings[index].site], in: readings[index].features, division)
    }
    let network = NetworkActivationProbe(engine: engine, division: division)
    var scores: [ProbeScore] = []
    for (index, reading) in readings.enumerated() {
      progress(index, readings.count)
      let networks = try columns[reading.site].enumerated().map { part, columns in
        try network.outcome(
          of: columns, in: reading.features,
          key: key.folded(with: 1).folded(with: 2 * index + part))
      }
      let found = (linear[index] + networks).map {
        $0.scores(bootstrap: bootstrap, key: key.folded(with: 2))
      }
      for (place, quantity) in columns[reading.site][0].quantities.enumerated() {
        scores.append(
          ProbeScore(
            quantity: quantity.quantity, site: sites[reading.site].0, layers: reading.layers,
            linear: found[0][place], linearControl: found[1][place], network: found[2][place],
            networkControl: found[3][place]))
      }
    }
    progress(readings.count, readings.count)
    return ProbeSurvey(
      fitted: division.fitted.count, choosing: division.choosing.count,
      scored: division.scored.count,
      estimator: layout.shape.target == .real ? estimator.name : nil, scores: scores)
  }

  /// How many episodes probes take at least.
  package static let fewestProbedEpisodes = ProbeDivision.fewest

  /// What probes read: the stream behind some layers at a place.
  private struct Reading: Sendable {
    /// Which of the places.
    let site: Int
    let layers: Int
    /// `[E, d]`
    var features: [Float]
  }

  /// The streams behind all layers at some places, where the model has them.
  private func readings(at sites: [ProbeSite], of episodes: [Episode]) throws -> [Reading] {
    let streams = try activations { if case .stream = $0 { true } else { false } }
    var readings: [(stream: Int, row: Int, reading: Reading)] = []
    for (index, site) in sites.enumerated() {
      for (stream, activation) in streams.enumerated() {
        let rows = tokens(ofRows: activation.shape[0])
        guard let row = rows.firstIndex(of: site.token) else { continue }
        readings.append((stream, row, Reading(site: index, layers: stream, features: [])))
      }
    }
    try read(streams.map(\.place), of: episodes) { block, activations in
      for index in readings.indices {
        let (stream, row) = (readings[index].stream, readings[index].row)
        let (count, width) = (streams[stream].shape.count, streams[stream].shape[1])
        for episode in block.indices {
          let start = (episode - block.lowerBound) * count + row * width
          readings[index].reading.features += activations[stream][start..<start + width]
        }
      }
    }
    return readings.map(\.reading)
  }
}

extension ProbeOutcome {
  /// The share of the variance that each quantity's probe explains.
  func scores(bootstrap: Bootstrap, key: RandomKey) -> [Estimate] {
    squares.map { squares in
      func share(_ means: [Double]) -> Double { means[1] > 0 ? 1 - means[0] / means[1] : 0 }
      return bootstrap.estimate(
        share(squares.means(width: 2)),
        resampled: bootstrap.resampledMeans(of: squares, width: 2, key: key).map(share))
    }
  }
}
