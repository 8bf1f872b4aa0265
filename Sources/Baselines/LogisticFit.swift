import Episodes
import RealModule

// Dimension key
//   N  examples in an episode       n  examples of the context      C  classes
//   P  parameters of a class: the weights of an input, then the intercept

/// The weights of the logistic regressions of eight episodes and the search for their minima.
///
/// Newton's method with steps found by conjugate gradients and shortened until they descend: the
/// function is convex, so this converges from anywhere, and fast near the minimum. Classes without
/// examples have probability zero, so their weights stay zero.
///
/// The eight searches run side by side, a lane for each. What an episode gets does not depend on its
/// neighbours: a lane that has arrived takes steps of length zero until all have.
///
/// Source: Nocedal and Wright 2006, "Numerical optimization", algorithm 7.1.
struct LogisticFit {
  private let penalty: Double
  private let classCount: Int
  private let features: FeatureLanes<Double>
  private let model: LogisticModel
  /// The class of each example, `[N]`.
  private let labels: [SIMD8<Int>]
  /// `[C, P]`
  private var weights: [Lanes<Double>]
  /// One for classes that have examples and zero for the others, `[C]`.
  private var present: [Lanes<Double>]

  /// - Parameter episodes: eight of one shape.
  init(episodes: [Episode], penalty: Double) {
    self.penalty = penalty
    classCount = episodes[0].classCount
    features = FeatureLanes(episodes)
    model = LogisticModel(episodes: episodes, penalty: penalty)
    labels = (0..<episodes[0].shape.exampleCount).map { example in
      var labels = SIMD8<Int>.zero
      for (lane, episode) in episodes.enumerated() { labels[lane] = episode.label(of: example) }
      return labels
    }
    weights = [Lanes<Double>](repeating: .zero, count: classCount * features.width)
    present = [Lanes<Double>](repeating: .zero, count: classCount)
  }

  /// The logits of an example, `[C]`.
  func scores(of example: Int) -> [Lanes<Double>] { features.products(weights, of: example) }

  /// Moves the weights to the minima over the first examples; stays where these are of one class.
  ///
  /// - Parameter count: `n`, one more than in the call before.
  mutating func minimize(_ count: Int) {
    for lane in 0..<8 { present[labels[count - 1][lane]][lane] = 1 }
    let classes = present.reduce(.zero, +)
    var active = LaneSet { classes[$0] > 1 }
    // Below what single-precision logits can show.
    let tolerance = 1e-6 * Double(count)
    var (loss, probabilities) = evaluate(weights, count)
    // Newton's method needs some five iterations; the bound only guards against rounding.
    for _ in 0..<100 {
      let gradient = gradient(probabilities)
      let squares = gradient.dot(gradient)
      active.formIntersection { squares[$0].squareRoot() > tolerance }
      guard !active.isEmpty else { return }
      let step = model.step(
        down: gradient, probabilities, enough: 0.5 * tolerance, in: active)
      let slope = gradient.dot(step)
      var scale = active.choose(Lanes<Double>(repeating: 1))
      while true {
        var candidate = weights
        candidate.add(step, times: scale)
        let next = evaluate(candidate, count)
        let long = active.intersection {
          next.loss[$0] > loss[$0] + 1e-4 * scale[$0] * slope[$0] && scale[$0] > 1e-8
        }
        // Without descent there is none left that double precision can resolve.
        let lost = active.intersection { !(next.loss[$0] < loss[$0]) && !long.contains($0) }
        guard long.isEmpty && lost.isEmpty else {
          for lane in 0..<8 {
            if long.contains(lane) { scale[lane] /= 2 }
            if lost.contains(lane) { scale[lane] = 0 }
          }
          active.formIntersection { !lost.contains($0) }
          continue
        }
        weights = candidate
        (loss, probabilities) = next
        break
      }
    }
  }

  /// The penalised loss, and the probability of each class for each example, `[n, C]`.
  private func evaluate(
    _ weights: [Lanes<Double>], _ count: Int
  ) -> (loss: Lanes<Double>, probabilities: [Lanes<Double>]) {
    var scores = features.products(weights, count)
    var loss = Lanes<Double>.zero
    for example in 0..<count {
      loss += normalize(&scores, example)
    }
    var penalties = [Lanes<Double>](repeating: .zero, count: weights.count)
    addPenalty(of: weights, to: &penalties)
    return (loss + 0.5 * weights.dot(penalties), scores)
  }

  /// Turns the scores of an example into probabilities.
  ///
  /// - Returns: the logarithmic loss of its class.
  private func normalize(_ scores: inout [Lanes<Double>], _ example: Int) -> Lanes<Double> {
    let first = example * classCount
    let labels = labels[example]
    let own = Lanes { scores[first + labels[$0]][$0] }
    // Far below every score, so that absent classes are never the greatest.
    var greatest = Lanes<Double>(repeating: -Double.greatestFiniteMagnitude)
    for label in 0..<classCount {
      greatest = greatest.larger(
        scores[first + label] + (present[label] - 1) * Double.greatestFiniteMagnitude)
    }
    var sum = Lanes<Double>.zero
    for label in 0..<classCount {
      let place = first + label
      let score = (scores[place] - greatest).larger(Lanes<Double>(repeating: -708))
      scores[place] = present[label] * score.exponential
      sum += scores[place]
    }
    for label in 0..<classCount { scores[first + label] /= sum }
    return greatest - own + Lanes { .log(sum[$0]) }
  }

  private func gradient(_ probabilities: [Lanes<Double>]) -> [Lanes<Double>] {
    var excess = probabilities
    for example in 0..<probabilities.count / classCount {
      for lane in 0..<8 { excess[example * classCount + labels[example][lane]][lane] -= 1 }
    }
    var gradient = features.transposedProducts(excess, classCount: classCount)
    addPenalty(of: weights, to: &gradient)
    return gradient
  }

  /// Adds the gradient of the penalty, which spares the intercepts.
  private func addPenalty(of vector: [Lanes<Double>], to sum: inout [Lanes<Double>]) {
    for label in 0..<classCount {
      let first = label * features.width
      for i in first..<first + features.width - 1 { sum[i] += penalty * vector[i] }
    }
  }
}
