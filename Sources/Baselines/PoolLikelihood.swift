import RealModule

/// How likely targets are to the tasks of a pool.
///
/// Without noise it is the limit: only tasks with the least sum of squared errors keep a weight, all
/// the same. An error below `2⁻²⁰` of the target, or of 1, is rounding and counts as none, so these
/// are the tasks that fit all examples, or the nearest where none fits.
struct PoolLikelihood {
  /// The factor of a squared error in the logarithm of a likelihood.
  private let factor: Double
  /// The square of what counts as rounding, relative to that of a target of at least 1.
  private let rounding: Double
  /// The logarithm of the density of a target that a task predicts exactly.
  private let logarithmOfPeak: Double
  private let isExact: Bool

  init(noiseVariance: Double) {
    isExact = noiseVariance == 0
    factor = isExact ? -1e30 : -0.5 / noiseVariance
    rounding = isExact ? 0x1p-40 : 0
    logarithmOfPeak = isExact ? 0 : -0.5 * .log(2 * .pi * noiseVariance)
  }

  /// Adds the logarithms of the likelihoods of a target to those of the targets before it.
  ///
  /// - Parameters:
  ///   - logarithms: of the tasks of a block, `[G]`.
  ///   - predictions: whose `[G]` numbers from `start` on are of this example.
  func update(
    _ logarithms: inout [Lanes<Double>], with predictions: Span<Lanes<Double>>, from start: Int,
    target: Double
  ) {
    var logarithms = logarithms.mutableSpan
    precondition(start + logarithms.count <= predictions.count, "A prediction for each task.")
    let threshold = rounding * max(1, target * target)
    for group in 0..<logarithms.count {
      let error = predictions[unchecked: start &+ group] - target
      var square = error * error
      if isExact {
        for lane in 0..<8 { square[lane] = square[lane] < threshold ? 0 : square[lane] }
      }
      logarithms[unchecked: group] += factor * square
    }
  }

  /// The logarithm of the likelihood of the last of `count` targets, from the sums of likelihoods over
  /// all tasks with it and without it.
  ///
  /// Without noise a target has a probability, the share of its tasks; it is zero where the nearest
  /// task misses the targets so far by more than `2⁻¹²` in the root mean square.
  func logarithmOfRatio(
    _ after: (greatest: Double, sum: Double), _ before: (greatest: Double, sum: Double), count: Int
  ) -> Double {
    guard after.greatest.isFinite && before.greatest.isFinite else { return .nan }
    let ratio = Double.log(after.sum / before.sum)
    guard isExact else { return after.greatest - before.greatest + ratio + logarithmOfPeak }
    return after.greatest < factor * Double(count) * 0x1p-24 ? -.infinity : ratio
  }
}
