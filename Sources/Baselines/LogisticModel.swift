import Episodes

// Dimension key
//   n  examples of the context      C  classes
//   P  parameters of a class: the weights of an input, then the intercept

/// The second-order model of the losses of eight logistic regressions, and its minimum.
///
/// In single precision: a step towards the minimum that is off in its seventh digit costs nothing,
/// as the next begins with a gradient in double precision.
struct LogisticModel {
  private let penalty: Float
  private let classCount: Int
  private let features: FeatureLanes<Float>

  /// - Parameter episodes: eight of one shape.
  init(episodes: [Episode], penalty: Double) {
    self.penalty = Float(penalty)
    classCount = episodes[0].classCount
    features = FeatureLanes(episodes)
  }

  /// Approximately `-H⁻¹ gradient` in some lanes, by conjugate gradients; zero in the others.
  ///
  /// - Parameters:
  ///   - gradient: `[C, P]`
  ///   - probabilities: of the classes for each example, `[n, C]`.
  ///   - enough: a norm of the residual that need not be undercut.
  /// - Returns: `[C, P]`
  func step(
    down gradient: [Lanes<Double>], _ probabilities: [Lanes<Double>], enough: Double,
    in active: LaneSet
  ) -> [Lanes<Double>] {
    let probabilities = probabilities.map { number in Lanes { Float(number[$0]) } }
    var residual = gradient.map { number in Lanes { -Float(number[$0]) } }
    var step = [Lanes<Float>](repeating: .zero, count: gradient.count)
    var direction = residual
    var square = residual.dot(residual)
    var running = active
    // The forcing term that makes the outer iteration converge superlinearly.
    let tolerance = Lanes { lane in
      let norm = square[lane].squareRoot()
      return max(norm * min(0.05, norm.squareRoot()), Float(enough))
    }
    for _ in 0..<2 * gradient.count {
      let image = curvature(along: direction, probabilities)
      let length = running.choose(square / direction.dot(image))
      step.add(direction, times: length)
      residual.add(image, times: -length)
      let next = residual.dot(residual)
      running.formIntersection { next[$0].squareRoot() > tolerance[$0] }
      guard !running.isEmpty else { break }
      direction.multiply(by: running.choose(next / square), adding: residual)
      square = next
    }
    return step.map { number in Lanes { Double(number[$0]) } }
  }

  /// `H · direction`
  private func curvature(
    along direction: [Lanes<Float>], _ probabilities: [Lanes<Float>]
  ) -> [Lanes<Float>] {
    var products = features.products(direction, probabilities.count / classCount)
    weigh(&products, probabilities)
    var image = features.transposedProducts(products, classCount: classCount)
    // The penalty spares the intercepts.
    let source = direction.span
    var target = image.mutableSpan
    precondition(target.count == source.count, "A direction has the shape of the weights.")
    for first in stride(from: 0, to: source.count, by: features.width) {
      for i in first..<first + features.width - 1 {
        target[unchecked: i] += penalty * source[unchecked: i]
      }
    }
    return image
  }

  /// Replaces `z` by `p (z - Σ p z)` for each example; both `[n, C]`.
  private func weigh(_ products: inout [Lanes<Float>], _ probabilities: [Lanes<Float>]) {
    let probabilities = probabilities.span
    var products = products.mutableSpan
    precondition(products.count == probabilities.count, "A probability for each product.")
    for first in stride(from: 0, to: products.count, by: classCount) {
      var mean = Lanes<Float>.zero
      for i in first..<first + classCount {
        mean = mean.adding(probabilities[unchecked: i], times: products[unchecked: i])
      }
      for i in first..<first + classCount {
        products[unchecked: i] = probabilities[unchecked: i] * (products[unchecked: i] - mean)
      }
    }
  }
}
