import Episodes
import RealModule

// Dimension key
//   N  examples in an episode       C  classes
//   P  parameters of a class: the weights of an input, then the intercept

/// The weights of a logistic regression and the search for their minimum.
///
/// Newton's method with steps found by conjugate gradients and shortened until they descend: the
/// function is convex, so this converges from anywhere, and quadratically near the minimum.
///
/// Source: Nocedal and Wright 2006, "Numerical optimization", algorithm 7.1.
struct LogisticFit {
  private let penalty: Double
  private let classCount: Int
  private let width: Int
  /// `[N, P]`, the last feature 1.
  private let features: [Double]
  private let labels: [Int]
  /// `[C, P]`
  private var weights: [Double]
  /// The classes that have examples.
  private var seen: [Int] = []
  /// How many examples are fitted.
  private var count = 0

  init(episode: Episode, penalty: Double) {
    let dimension = episode.shape.inputDimension
    let inputs = episode.realInputs
    self.penalty = penalty
    classCount = episode.classCount
    width = dimension + 1
    features = (0..<episode.shape.exampleCount).flatMap { example in
      inputs[example * dimension..<(example + 1) * dimension] + [1]
    }
    labels = (0..<episode.shape.exampleCount).map { episode.label(of: $0) }
    weights = [Double](repeating: 0, count: classCount * (dimension + 1))
  }

  /// The logits of an example, `[C]`.
  func scores(of example: Int) -> [Double] {
    (0..<classCount).map { product(weights, label: $0, example: example) }
  }

  /// Moves the weights to the minimum over the first `count` examples.
  ///
  /// - Parameter counts: `[C]`, how many of them each class has.
  mutating func minimize(over count: Int, counts: [Int]) {
    self.count = count
    seen = counts.indices.filter { counts[$0] > 0 }
    // Far below what single-precision predictions can show.
    let tolerance = 1e-7 * Double(count)
    var loss = loss(weights)
    // Newton's method needs some ten iterations; the bound only guards against rounding.
    for _ in 0..<100 {
      let probabilities = probabilities()
      let gradient = gradient(probabilities)
      let norm = dot(gradient, gradient).squareRoot()
      guard norm > tolerance else { return }
      let step = newtonStep(gradient, norm, probabilities)
      let slope = dot(gradient, step)
      var scale = 1.0
      var candidate = shifted(weights, by: step, scale)
      var candidateLoss = self.loss(candidate)
      while candidateLoss > loss + 1e-4 * scale * slope, scale > 1e-8 {
        scale /= 2
        candidate = shifted(weights, by: step, scale)
        candidateLoss = self.loss(candidate)
      }
      // No descent is left that double precision can resolve.
      guard candidateLoss < loss else { return }
      weights = candidate
      loss = candidateLoss
    }
  }

  /// Approximately `-H⁻¹ gradient`, by conjugate gradients.
  private func newtonStep(
    _ gradient: [Double], _ norm: Double, _ probabilities: [Double]
  ) -> [Double] {
    var step = [Double](repeating: 0, count: weights.count)
    var residual = gradient.map { -$0 }
    var direction = residual
    var square = norm * norm
    // The forcing term that makes the outer iteration converge superlinearly.
    let tolerance = norm * min(0.1, norm.squareRoot())
    for _ in 0..<2 * weights.count {
      let image = hessian(times: direction, probabilities)
      let length = square / dot(direction, image)
      step = shifted(step, by: direction, length)
      residual = shifted(residual, by: image, -length)
      let next = dot(residual, residual)
      guard next.squareRoot() > tolerance else { break }
      direction = shifted(residual, by: direction, next / square)
      square = next
    }
    return step
  }

  private func loss(_ weights: [Double]) -> Double {
    var loss = 0.0
    for example in 0..<count {
      let logits = seen.map { product(weights, label: $0, example: example) }
      let greatest = logits.reduce(-.infinity, max)
      let sum = logits.reduce(0) { $0 + Double.exp($1 - greatest) }
      loss += greatest + .log(sum) - product(weights, label: labels[example], example: example)
    }
    var square = 0.0
    for i in weights.indices where (i + 1) % width != 0 { square += weights[i] * weights[i] }
    return loss + 0.5 * penalty * square
  }

  /// The probabilities of the seen classes, `[count, seen]`.
  private func probabilities() -> [Double] {
    var probabilities: [Double] = []
    probabilities.reserveCapacity(count * seen.count)
    for example in 0..<count {
      let logits = seen.map { product(weights, label: $0, example: example) }
      let greatest = logits.reduce(-.infinity, max)
      let exponentials = logits.map { Double.exp($0 - greatest) }
      let sum = exponentials.reduce(0, +)
      for exponential in exponentials { probabilities.append(exponential / sum) }
    }
    return probabilities
  }

  private func gradient(_ probabilities: [Double]) -> [Double] {
    var gradient = penalized(weights)
    for example in 0..<count {
      for (place, label) in seen.enumerated() {
        let truth = labels[example] == label ? 1.0 : 0
        let excess = probabilities[example * seen.count + place] - truth
        accumulate(excess, example, label, into: &gradient)
      }
    }
    return gradient
  }

  private func hessian(times vector: [Double], _ probabilities: [Double]) -> [Double] {
    var image = penalized(vector)
    var products = [Double](repeating: 0, count: seen.count)
    for example in 0..<count {
      let offset = example * seen.count
      var mean = 0.0
      for (place, label) in seen.enumerated() {
        products[place] = product(vector, label: label, example: example)
        mean += probabilities[offset + place] * products[place]
      }
      for (place, label) in seen.enumerated() {
        let factor = probabilities[offset + place] * (products[place] - mean)
        accumulate(factor, example, label, into: &image)
      }
    }
    return image
  }

  /// The gradient of the penalty: the weights are scaled, the intercepts zero.
  private func penalized(_ vector: [Double]) -> [Double] {
    vector.indices.map { ($0 + 1) % width == 0 ? 0 : penalty * vector[$0] }
  }

  private func product(_ vector: [Double], label: Int, example: Int) -> Double {
    var sum = 0.0
    for i in 0..<width { sum += vector[label * width + i] * features[example * width + i] }
    return sum
  }

  private func accumulate(
    _ factor: Double, _ example: Int, _ label: Int, into vector: inout [Double]
  ) {
    for i in 0..<width { vector[label * width + i] += factor * features[example * width + i] }
  }

  private func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for i in left.indices { sum += left[i] * right[i] }
    return sum
  }

  /// `vector + scale · step`
  private func shifted(_ vector: [Double], by step: [Double], _ scale: Double) -> [Double] {
    var shifted = vector
    for i in shifted.indices { shifted[i] += scale * step[i] }
    return shifted
  }
}
