import Episodes
import RealModule

// Dimension key
//   N  examples in an episode       n  the first examples of it     C  classes
//   P  features of an example: its input, then 1

/// The inputs of eight episodes with a one behind each, and their products with weights of classes.
struct FeatureLanes<Number: BinaryFloatingPoint & AlgebraicField & SIMDScalar> {
  /// `P`
  let width: Int
  private let exampleCount: Int
  /// `[N, P]`
  private let features: [Lanes<Number>]

  /// - Parameter episodes: eight of one shape.
  init(_ episodes: [Episode]) {
    precondition(episodes.count == 8, "An episode for each lane.")
    let dimension = episodes[0].shape.inputDimension
    let count = episodes[0].shape.exampleCount
    width = dimension + 1
    exampleCount = count
    var features = [Lanes<Number>](
      repeating: Lanes(repeating: 1), count: count * (dimension + 1))
    for (lane, episode) in episodes.enumerated() {
      for example in 0..<count {
        for i in 0..<dimension {
          features[example * (dimension + 1) + i][lane] =
            Number(episode.inputs[example * dimension + i])
        }
      }
    }
    self.features = features
  }

  /// The products of weights `[C, P]` with the features of an example, `[C]`.
  func products(_ weights: [Lanes<Number>], of example: Int) -> [Lanes<Number>] {
    let own = Array(features[example * width..<(example + 1) * width])
    return stride(from: 0, to: weights.count, by: width).map {
      own.dot(Array(weights[$0..<$0 + width]))
    }
  }

  /// The products of weights `[C, P]` with the first `n` examples, `[n, C]`.
  func products(_ weights: [Lanes<Number>], _ count: Int) -> [Lanes<Number>] {
    let classCount = weights.count / width
    precondition(
      weights.count == classCount * width && count <= exampleCount, "Weights suit the features.")
    let features = features.span
    let weights = weights.span
    var products = [Lanes<Number>](repeating: Lanes(), count: count * classCount)
    var target = products.mutableSpan
    let whole = count / 4 * 4
    for label in 0..<classCount {
      let own = Series(start: label &* width, stride: 1)
      for example in stride(from: 0, to: whole, by: 4) {
        let sums = dots(
          weights, own, features, Series(start: example &* width, stride: 1), apart: width, width)
        // In bounds by the precondition.
        target[unchecked: example &* classCount &+ label] = sums.0
        target[unchecked: (example &+ 1) &* classCount &+ label] = sums.1
        target[unchecked: (example &+ 2) &* classCount &+ label] = sums.2
        target[unchecked: (example &+ 3) &* classCount &+ label] = sums.3
      }
      for example in whole..<count {
        target[unchecked: example &* classCount &+ label] = dot(
          weights, own, features, Series(start: example &* width, stride: 1), width)
      }
    }
    return products
  }

  /// The products of factors `[n, C]` with the features of the examples, summed over these,
  /// `[C, P]`.
  func transposedProducts(_ factors: [Lanes<Number>], classCount: Int) -> [Lanes<Number>] {
    let count = factors.count / classCount
    precondition(
      factors.count == classCount * count && count <= exampleCount, "Factors suit the features.")
    let features = features.span
    let factors = factors.span
    var sums = [Lanes<Number>](repeating: Lanes(), count: classCount * width)
    var target = sums.mutableSpan
    let whole = width / 4 * 4
    for label in 0..<classCount {
      let own = Series(start: label, stride: classCount)
      for i in stride(from: 0, to: whole, by: 4) {
        let sums = dots(
          factors, own, features, Series(start: i, stride: width), apart: 1, count)
        // In bounds by the precondition.
        let place = label &* width &+ i
        target[unchecked: place] = sums.0
        target[unchecked: place &+ 1] = sums.1
        target[unchecked: place &+ 2] = sums.2
        target[unchecked: place &+ 3] = sums.3
      }
      for i in whole..<width {
        target[unchecked: label &* width &+ i] = dot(
          factors, own, features, Series(start: i, stride: width), count)
      }
    }
    return sums
  }
}

/// Places in a span that are equally far apart.
private struct Series {
  let start: Int
  let stride: Int

  @inline(__always)
  func place(_ index: Int) -> Int { start &+ index &* stride }
}

/// The sum of products of two series, whose places have been checked.
@inline(__always)
private func dot<Number: BinaryFloatingPoint & AlgebraicField>(
  _ left: Span<Lanes<Number>>, _ leftSeries: Series, _ right: Span<Lanes<Number>>,
  _ rightSeries: Series,
  _ count: Int
) -> Lanes<Number> {
  var sum = Lanes<Number>()
  for i in 0..<count {
    sum = sum.adding(
      left[unchecked: leftSeries.place(i)], times: right[unchecked: rightSeries.place(i)])
  }
  return sum
}

/// The sums of products of a series with four others, each `apart` from the one before it: a number
/// of the first is loaded once for all.
@inline(__always)
private func dots<Number: BinaryFloatingPoint & AlgebraicField>(
  _ left: Span<Lanes<Number>>, _ leftSeries: Series, _ right: Span<Lanes<Number>>,
  _ rightSeries: Series,
  apart: Int, _ count: Int
) -> (Lanes<Number>, Lanes<Number>, Lanes<Number>, Lanes<Number>) {
  var sums = (Lanes<Number>(), Lanes<Number>(), Lanes<Number>(), Lanes<Number>())
  for i in 0..<count {
    let factor = left[unchecked: leftSeries.place(i)]
    let place = rightSeries.place(i)
    sums.0 = sums.0.adding(factor, times: right[unchecked: place])
    sums.1 = sums.1.adding(factor, times: right[unchecked: place &+ apart])
    sums.2 = sums.2.adding(factor, times: right[unchecked: place &+ 2 &* apart])
    sums.3 = sums.3.adding(factor, times: right[unchecked: place &+ 3 &* apart])
  }
  return sums
}
