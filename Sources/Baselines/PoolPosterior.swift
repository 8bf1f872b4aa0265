import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      G  groups of eight tasks in a block

/// Sums over the tasks of a pool, weighted by their posterior probabilities after each number of
/// examples of one episode; tasks come block by block.
///
/// A sum is kept relative to the likelihood of the likeliest task so far, so none overflows.
struct PoolPosterior {
  /// Tasks this much less likely, as a logarithm, than another are left out: together some 2²⁰ of
  /// them are below rounding.
  private static let negligible = -60.0
  /// How many groups of tasks are left out together.
  private static let stripExtent = 4

  private let likelihood: PoolLikelihood
  private let targets: [Double]
  /// After `k` examples, the logarithm of the largest likelihood, `[N + 1]`.
  private var greatest: [Double]
  /// The sum of likelihoods over `exp(greatest)`, `[N + 1]`.
  private var sums: [Double]
  /// The sum of likelihoods times predictions over `exp(greatest)`, `[N + 1]`.
  private var products: [Double]

  init(of episode: Episode, _ likelihood: PoolLikelihood) {
    self.likelihood = likelihood
    targets = (0..<episode.shape.exampleCount).map { episode.realTarget(of: $0) }
    greatest = [Double](repeating: -.infinity, count: targets.count + 1)
    sums = [Double](repeating: 0, count: targets.count + 1)
    products = sums
  }

  /// Adds the tasks of a block.
  ///
  /// - Parameters:
  ///   - predictions: of its tasks, `[N, G]`.
  ///   - taskCount: how many tasks it has; what comes behind them is left out.
  mutating func add(_ predictions: Span<Lanes<Double>>, taskCount: Int) {
    let extent = FunctionPool.blockExtent
    precondition(predictions.count == targets.count * extent, "A prediction for each example.")
    var logarithms = [Lanes<Double>](repeating: .zero, count: extent)
    for place in min(taskCount, extent * 8)..<extent * 8 {
      logarithms[place / 8][place % 8] = -1e300
    }
    for example in targets.indices {
      addSums(logarithms.span, predictions, from: example * extent, to: example)
      likelihood.update(
        &logarithms, with: predictions, from: example * extent, target: targets[example])
    }
    // There is no prediction behind the last example; its products are not read.
    addSums(logarithms.span, predictions, from: 0, to: targets.count)
  }

  /// Adds likelihoods after `count` examples, and their products with the predictions that begin at
  /// `start`.
  private mutating func addSums(
    _ logarithms: Span<Lanes<Double>>, _ predictions: Span<Lanes<Double>>, from start: Int,
    to count: Int
  ) {
    var lanes = Lanes<Double>(repeating: -.infinity)
    for group in 0..<logarithms.count { lanes = lanes.larger(logarithms[unchecked: group]) }
    let own = lanes.max()
    let least = max(own, greatest[count]) + Self.negligible
    if own < least { return }
    if own > greatest[count] {
      let scale = Double.exp(greatest[count] - own)
      greatest[count] = own
      sums[count] *= scale
      products[count] *= scale
    }
    let shift = Lanes<Double>(repeating: greatest[count])
    let lowest = Lanes<Double>(repeating: -708)
    var sum = Lanes<Double>.zero
    var product = Lanes<Double>.zero
    for first in stride(from: 0, to: logarithms.count, by: Self.stripExtent) {
      var likeliest = logarithms[unchecked: first]
      for group in first &+ 1..<first &+ Self.stripExtent {
        likeliest = likeliest.larger(logarithms[unchecked: group])
      }
      if likeliest.max() < least { continue }
      for group in first..<first &+ Self.stripExtent {
        let weight = (logarithms[unchecked: group] - shift).larger(lowest).exponential
        sum += weight
        product = product.adding(weight, times: predictions[unchecked: start &+ group])
      }
    }
    sums[count] += sum.sum()
    products[count] += product.sum()
  }

  /// What the tasks added so far predict together.
  var scoredPredictions: ScoredPredictions {
    var result = ScoredPredictions()
    for example in targets.indices {
      // Without a finite likelihood a target before was no number.
      let isKnown = greatest[example].isFinite
      result.predictions.append(isKnown ? Float(products[example] / sums[example]) : .nan)
      result.logLikelihoods.append(
        likelihood.logarithmOfRatio(
          (greatest[example + 1], sums[example + 1]), (greatest[example], sums[example]),
          count: example + 1))
    }
    return result
  }
}
