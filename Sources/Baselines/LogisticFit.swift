import Episodes
import RealModule

// Dimension key
//   N  examples in an episode       n  examples of the context      C  classes
//   P  parameters of a class: the weights of an input, then the intercept

/// The weights of a logistic regression and the search for their minimum.
///
/// Newton's method with steps found by conjugate gradients and shortened until they descend: the
/// function is convex, so this converges from anywhere, and fast near the minimum. Classes without
/// examples have probability zero, so their weights stay zero.
///
/// Source: Nocedal and Wright 2006, "Numerical optimization", algorithm 7.1.
struct LogisticFit {
  private let penalty: Double
  private let classCount: Int
  private let features: FeatureMatrix
  private let labels: [Int]
  /// `[C, P]`
  private var weights: [Double]
  /// How many examples each class has, `[C]`.
  private var counts: [Int]

  init(episode: Episode, penalty: Double) {
    self.penalty = penalty
    classCount = episode.classCount
    features = FeatureMatrix(episode)
    labels = (0..<episode.shape.exampleCount).map { episode.label(of: $0) }
    weights = [Double](repeating: 0, count: classCount * features.width)
    counts = [Int](repeating: 0, count: classCount)
  }

  /// The logits of an example, `[C]`.
  func scores(of example: Int) -> [Double] {
    (0..<classCount).map { features.product(weights, label: $0, example: example) }
  }

  /// Moves the weights to the minimum over the first examples.
  ///
  /// - Parameter counts: `[C]`, how many of them each class has.
  mutating func minimize(counts: [Int]) {
    self.counts = counts
    let count = counts.reduce(0, +)
    // Below what single-precision logits can show.
    let tolerance = 1e-6 * Double(count)
    var (loss, probabilities) = evaluate(weights, count)
    // Newton's method needs some five iterations; the bound only guards against rounding.
    for _ in 0..<100 {
      let gradient = gradient(probabilities, count)
      let norm = dot(gradient, gradient).squareRoot()
      guard norm > tolerance else { return }
      let step = newtonStep(gradient, norm, probabilities, count)
      let slope = dot(gradient, step)
      var scale = 1.0
      var candidate = weights
      add(step, scale, to: &candidate)
      var next = evaluate(candidate, count)
      while next.loss > loss + 1e-4 * scale * slope, scale > 1e-8 {
        scale /= 2
        candidate = weights
        add(step, scale, to: &candidate)
        next = evaluate(candidate, count)
      }
      // No descent is left that double precision can resolve.
      guard next.loss < loss else { return }
      weights = candidate
      (loss, probabilities) = next
    }
  }

  /// Approximately `-H⁻¹ gradient`, by conjugate gradients.
  private func newtonStep(
    _ gradient: [Double], _ norm: Double, _ probabilities: [Double], _ count: Int
  ) -> [Double] {
    var step = [Double](repeating: 0, count: weights.count)
    var residual = gradient.map { -$0 }
    var direction = residual
    var image = step
    var products = [Double](repeating: 0, count: probabilities.count)
    var square = norm * norm
    // The forcing term that makes the outer iteration converge superlinearly.
    let tolerance = norm * min(0.1, norm.squareRoot())
    for _ in 0..<2 * weights.count {
      features.multiply(direction, count, into: &products)
      curve(&products, probabilities, count)
      features.multiplyTransposed(products, count, into: &image)
      addPenalty(of: direction, to: &image)
      let length = square / dot(direction, image)
      add(direction, length, to: &step)
      add(image, -length, to: &residual)
      let next = dot(residual, residual)
      guard next.squareRoot() > tolerance else { break }
      for i in direction.indices { direction[i] = residual[i] + next / square * direction[i] }
      square = next
    }
    return step
  }

  /// Replaces `z` by `p (z - Σ p z)` for each example; both `[C, n]`.
  private func curve(_ products: inout [Double], _ probabilities: [Double], _ count: Int) {
    for example in 0..<count {
      var mean = 0.0
      for place in stride(from: example, to: products.count, by: count) {
        mean += probabilities[place] * products[place]
      }
      for place in stride(from: example, to: products.count, by: count) {
        products[place] = probabilities[place] * (products[place] - mean)
      }
    }
  }

  /// The penalised loss, and the probability of each class for each example, `[C, n]`.
  private func evaluate(
    _ weights: [Double], _ count: Int
  ) -> (loss: Double, probabilities: [Double]) {
    var scores = [Double](repeating: 0, count: classCount * count)
    features.multiply(weights, count, into: &scores)
    var loss = 0.0
    for example in 0..<count {
      var greatest = -Double.infinity
      for label in 0..<classCount where counts[label] > 0 {
        greatest = max(greatest, scores[label * count + example])
      }
      loss += greatest - scores[labels[example] * count + example]
      var sum = 0.0
      for label in 0..<classCount {
        let place = label * count + example
        scores[place] = counts[label] > 0 ? .exp(scores[place] - greatest) : 0
        sum += scores[place]
      }
      loss += .log(sum)
      for label in 0..<classCount { scores[label * count + example] /= sum }
    }
    var penalties = [Double](repeating: 0, count: weights.count)
    addPenalty(of: weights, to: &penalties)
    return (loss + 0.5 * dot(weights, penalties), scores)
  }

  private func gradient(_ probabilities: [Double], _ count: Int) -> [Double] {
    var excess = probabilities
    for example in 0..<count { excess[labels[example] * count + example] -= 1 }
    var gradient = [Double](repeating: 0, count: weights.count)
    features.multiplyTransposed(excess, count, into: &gradient)
    addPenalty(of: weights, to: &gradient)
    return gradient
  }

  /// Adds the gradient of the penalty, which spares the intercepts.
  private func addPenalty(of vector: [Double], to sum: inout [Double]) {
    for i in vector.indices where (i + 1) % features.width != 0 {
      sum[i] += penalty * vector[i]
    }
  }

  private func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for i in left.indices { sum = Relaxed.multiplyAdd(left[i], right[i], sum) }
    return sum
  }

  /// Adds `scale · step`.
  private func add(_ step: [Double], _ scale: Double, to vector: inout [Double]) {
    for i in vector.indices { vector[i] += scale * step[i] }
  }
}
