import Episodes
import RealModule

// Dimension key
//   N  examples in an episode       n  the first examples of it     C  classes
//   P  features of an example: its input, then 1

/// The inputs of an episode with a one behind each, and their products with weights of classes.
struct FeatureMatrix {
  /// `P`
  let width: Int
  private let exampleCount: Int
  /// `[P, N]`: loops run over examples.
  private let features: [Double]

  init(_ episode: Episode) {
    let dimension = episode.shape.inputDimension
    let count = episode.shape.exampleCount
    width = dimension + 1
    exampleCount = count
    var features = [Double](repeating: 1, count: (dimension + 1) * count)
    for example in 0..<count {
      for i in 0..<dimension {
        features[i * count + example] = Double(episode.inputs[example * dimension + i])
      }
    }
    self.features = features
  }

  /// The product of the weights of a class, out of `[C, P]`, with the features of an example.
  func product(_ weights: [Double], label: Int, example: Int) -> Double {
    (0..<width).reduce(0) {
      $0 + weights[label * width + $1] * features[$1 * exampleCount + example]
    }
  }

  /// The products of weights `[C, P]` with the first `n` examples, `[C, n]`.
  func multiply(_ weights: [Double], _ count: Int, into products: inout [Double]) {
    let classCount = weights.count / width
    precondition(products.count == classCount * count && count <= exampleCount)
    let features = features.span
    var target = products.mutableSpan
    for i in 0..<target.count { target[i] = 0 }
    for label in 0..<classCount {
      for i in 0..<width {
        let weight = weights[label * width + i]
        // In bounds by the precondition.
        for example in 0..<count {
          target[unchecked: label &* count &+ example] +=
            weight * features[unchecked: i &* exampleCount &+ example]
        }
      }
    }
  }

  /// The products of factors `[C, n]` with the features of the examples, summed over these, into
  /// `[C, P]`.
  func multiplyTransposed(_ factors: [Double], _ count: Int, into sums: inout [Double]) {
    let classCount = sums.count / width
    precondition(factors.count == classCount * count && count <= exampleCount)
    let features = features.span
    let factors = factors.span
    for label in 0..<classCount {
      for i in 0..<width {
        var sum = 0.0
        // In bounds by the precondition.
        for example in 0..<count {
          sum = Relaxed.multiplyAdd(
            factors[unchecked: label &* count &+ example],
            features[unchecked: i &* exampleCount &+ example], sum)
        }
        sums[label * width + i] = sum
      }
    }
  }
}
