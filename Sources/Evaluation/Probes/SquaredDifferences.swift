import RandomKeys

// Dimension key
//   E  episodes      K  context lengths      L  learners      R  resamples

/// The squared prediction differences between a model and learners, `|f - g|²` over the mean square of
/// the targets.
///
/// Source: Akyürek et al. 2022, section 4.1, <https://arxiv.org/abs/2211.15661>.
struct SquaredDifferences {
  /// By the number of examples, one for each learner.
  let curves: [ContextCurve]
  /// Over all context lengths, `[L]`.
  let means: [Double]
  /// The means of resamples, `[R]` of `[L]`.
  let resampledMeans: [[Double]]

  init(
    _ model: PredictionVectors, _ learners: [PredictionVectors], on probe: ProbeEpisodes,
    bootstrap: Bootstrap, key: RandomKey
  ) {
    let (lengths, count) = (probe.contextLengths.count, learners.count)
    // [E, L, K]
    var values = [Float](repeating: 0, count: probe.episodes.count * count * lengths)
    for (index, learner) in learners.enumerated() {
      let squares = model.squaredDistances(to: learner)
      for (place, square) in squares.enumerated() {
        let (episode, length) = place.quotientAndRemainder(dividingBy: lengths)
        values[(episode * count + index) * lengths + length] = Float(square / probe.meanSquare)
      }
    }
    let width = count * lengths
    let means = values.means(width: width)
    let resampled = bootstrap.resampledMeans(of: values, width: width, key: key)
    curves = (0..<count).map { index in
      let estimates = (index * lengths..<(index + 1) * lengths).map { place in
        bootstrap.estimate(means[place], resampled: resampled.map { $0[place] })
      }
      return ContextCurve(estimates)
    }
    self.means = Self.averaged(means, over: lengths)
    resampledMeans = resampled.map { Self.averaged($0, over: lengths) }
  }

  /// Over all context lengths, of one learner.
  func mean(of learner: Int, _ bootstrap: Bootstrap) -> Estimate {
    bootstrap.estimate(means[learner], resampled: resampledMeans.map { $0[learner] })
  }

  /// `[L, K]` to `[L]`
  private static func averaged(_ numbers: [Double], over count: Int) -> [Double] {
    stride(from: 0, to: numbers.count, by: count).map { start in
      numbers[start..<start + count].reduce(0, +) / Double(count)
    }
  }
}
