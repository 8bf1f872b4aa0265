import Baselines
import RandomKeys

// Dimension key
//   S  episodes      K  context lengths      D  dimension of an input      M  quantities of an episode

/// The comparison of a model with learners by what they make of the query.
struct LinearComparison {
  private let probe: LinearProbe
  private let bootstrap: Bootstrap
  private let key: RandomKey
  /// `[S, K, D]`, if the model says.
  private let sensitivities: [Double]?
  private let implicit: ImplicitWeights

  /// As von Oswald et al. add to norms before they divide by them: two learners that ignore the query
  /// have cosine zero.
  private static let leastNorm = 1e-8

  /// - Throws: what the model throws; ``EvaluationError`` if a prediction is not finite.
  init(
    of model: any InContextLearner, on probe: LinearProbe, bootstrap: Bootstrap, key: RandomKey
  ) throws {
    self.probe = probe
    self.bootstrap = bootstrap
    self.key = key
    sensitivities = try (model as? any QueryDifferentiable).map {
      try probe.sensitivities(of: $0)
    }
    implicit = try probe.implicitWeights(of: model)
  }

  /// How nearly linear the model is.
  var linearity: Linearity {
    let lengths = probe.contextLengths.count
    let values = interleaved([implicit.residuals, implicit.squares], episodes: probe.fittedCount)
    let means = values.means(width: 2 * lengths)
    let resampled = bootstrap.resampledMeans(
      of: values.map { Float($0) }, width: 2 * lengths, key: key)
    func share(_ means: [Double], _ range: Range<Int>) -> Double {
      let residual = range.reduce(0) { $0 + means[$1] }
      let square = range.reduce(0) { $0 + means[lengths + $1] }
      // Zero everywhere is a linear function.
      return square > 0 ? 1 - residual / square : 1
    }
    func estimate(_ range: Range<Int>) -> Estimate {
      bootstrap.estimate(share(means, range), resampled: resampled.map { share($0, range) })
    }
    return Linearity(
      contextLengths: probe.contextLengths, episodes: probe.fittedCount,
      queries: probe.queryCount, explained: estimate(0..<lengths),
      curve: ContextCurve((0..<lengths).map { estimate($0..<$0 + 1) }))
  }

  /// The comparison with a learner, nil where one of the two does not say what is needed.
  ///
  /// - Throws: what the learner throws; ``EvaluationError`` if a prediction is not finite.
  func comparison(
    with learner: any InContextLearner
  ) throws -> (sensitivity: SensitivityComparison?, weights: WeightDifference?) {
    guard let learner = learner as? any QueryDifferentiable else { return (nil, nil) }
    let gradients = try probe.sensitivities(of: learner)
    // The paper, too, takes the weights of learners that are linear themselves.
    let weights =
      learner.isAffineInQuery ? gradients : try probe.implicitWeights(of: learner).weights
    return (sensitivities.map { compared($0, gradients) }, difference(to: weights))
  }

  private func compared(_ model: [Double], _ other: [Double]) -> SensitivityComparison {
    let dimension = probe.dimension
    var (cosines, distances): ([Double], [Double]) = ([], [])
    for start in stride(from: 0, to: model.count, by: dimension) {
      var (product, difference) = (0.0, 0.0)
      var norms = (model: 0.0, other: 0.0)
      for i in start..<start + dimension {
        product += model[i] * other[i]
        norms.model += model[i] * model[i]
        norms.other += other[i] * other[i]
        difference += (model[i] - other[i]) * (model[i] - other[i])
      }
      let lengths = (norms.model.squareRoot(), norms.other.squareRoot())
      cosines.append(
        product / (lengths.0 + Self.leastNorm) / (lengths.1 + Self.leastNorm))
      distances.append(difference.squareRoot())
    }
    let cosine = estimates(cosines)
    let distance = estimates(distances)
    return SensitivityComparison(
      contextLengths: probe.contextLengths, cosine: cosine.mean, distance: distance.mean,
      cosines: cosine.curve, distances: distance.curve)
  }

  /// - Parameter weights: `[K, D]` of at least the episodes that have fitted weights.
  private func difference(to weights: [Double]) -> WeightDifference {
    let dimension = probe.dimension
    let squares = stride(from: 0, to: implicit.weights.count, by: dimension).map { start in
      (start..<start + dimension).reduce(0) { sum, i in
        let difference = implicit.weights[i] - weights[i]
        return sum + difference * difference
      } / Double(dimension)
    }
    let (mean, curve) = estimates(squares)
    return WeightDifference(
      contextLengths: probe.contextLengths, mean: mean, difference: curve)
  }

  /// The means over episodes of `[episodes, K]` numbers, by context length and over all of them.
  private func estimates(_ numbers: [Double]) -> (mean: Estimate, curve: ContextCurve) {
    let lengths = probe.contextLengths.count
    let means = numbers.means(width: lengths)
    let resampled = bootstrap.resampledMeans(
      of: numbers.map { Float($0) }, width: lengths, key: key)
    let mean = { (numbers: [Double]) in numbers.reduce(0, +) / Double(lengths) }
    return (
      bootstrap.estimate(mean(means), resampled: resampled.map(mean)),
      ContextCurve(
        (0..<lengths).map { place in
          bootstrap.estimate(means[place], resampled: resampled.map { $0[place] })
        })
    )
  }

  /// Several `[episodes, K]` as one `[episodes, count, K]`.
  private func interleaved(_ parts: [[Double]], episodes: Int) -> [Double] {
    let lengths = probe.contextLengths.count
    return (0..<episodes).flatMap { episode in
      parts.flatMap { $0[episode * lengths..<(episode + 1) * lengths] }
    }
  }
}
