import Baselines

// Dimension key
//   P  contexts with a query each

/// The constants of a linear learner with which it comes nearest to given predictions.
struct SpectralFit {
  /// A learner whose constants are free.
  enum Form: Hashable, Sendable {
    case gradientDescent(stepCount: Int, loss: ContextLoss)
    case gradientDescentPlusPlus(stepCount: Int, loss: ContextLoss)
    case ridge

    func filter(_ constant: Double, gamma: Double = 0) -> SpectralFilter {
      switch self {
      case .ridge: .ridge(penalty: constant)
      case .gradientDescent(let stepCount, let loss):
        .gradientDescent(stepCount: stepCount, learningRate: constant, loss: loss)
      case .gradientDescentPlusPlus(let stepCount, let loss):
        .gradientDescentPlusPlus(
          stepCount: stepCount, learningRate: constant, gamma: gamma, loss: loss)
      }
    }
  }

  let filter: SpectralFilter
  /// The mean squared distance to the given predictions.
  let distance: Double

  /// Searches the constants over many orders of magnitude.
  ///
  /// - Parameters:
  ///   - form: the learner.
  ///   - contexts: `P`
  ///   - goal: what to come near to, `[P]`: the targets for the learner of least error, or the
  ///     predictions of a model.
  init(_ form: Form, on contexts: SpectralContexts, to goal: [Double]) {
    let distance = { (filter: SpectralFilter) -> Double in
      Self.meanSquaredDistance(contexts.predictions(of: filter), goal)
    }
    let (constant, gamma) =
      switch form {
      case .ridge:
        (
          LogarithmicSearch.minimum(in: Self.penalties(contexts), gridCount: 41) {
            distance(form.filter($0))
          }.argument, 0.0
        )
      case .gradientDescent(_, let loss):
        (
          LogarithmicSearch.minimum(in: Self.rates(contexts, loss), gridCount: 61) {
            distance(form.filter($0))
          }.argument, 0.0
        )
      case .gradientDescentPlusPlus(_, let loss):
        Self.transformed(contexts, loss) { distance(form.filter($0, gamma: $1)) }
      }
    filter = form.filter(constant, gamma: gamma)
    self.distance = distance(filter)
  }

  static func meanSquaredDistance(_ numbers: [Double], _ goal: [Double]) -> Double {
    zip(numbers, goal).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(goal.count)
  }

  /// From far below to far above the square of a coordinate.
  private static func penalties(_ contexts: SpectralContexts) -> ClosedRange<Double> {
    let scale = contexts.meanSquareInput
    return 1e-6 * scale...1e4 * scale
  }

  /// Around the rates at which one step takes off a share of the residuals.
  private static func rates(
    _ contexts: SpectralContexts, _ loss: ContextLoss
  ) -> ClosedRange<Double> {
    let scale = loss == .mean ? contexts.meanSquareInput : contexts.meanLargestEigenvalue
    return 1e-3 / scale...1e3 / scale
  }

  /// The learning rate and `γ`: for each `γ` the best rate, near that for the `γ` before.
  private static func transformed(
    _ contexts: SpectralContexts, _ loss: ContextLoss,
    _ distance: (_ learningRate: Double, _ gamma: Double) -> Double
  ) -> (learningRate: Double, gamma: Double) {
    let rates = rates(contexts, loss)
    var rate = LogarithmicSearch.minimum(in: rates, gridCount: 31, tolerance: 1e-3) {
      distance($0, 0)
    }.argument
    let scale = contexts.meanLargestEigenvalue
    let gamma = LogarithmicSearch.minimum(
      in: 1e-3 / scale...2 / scale, gridCount: 16, tolerance: 1e-4
    ) { gamma in
      let best = LogarithmicSearch.minimum(
        in: rate / 4...rate * 4, gridCount: 9, tolerance: 1e-4
      ) { distance($0, gamma) }
      if best.value.isFinite { rate = best.argument }
      return best.value
    }.argument
    let best = LogarithmicSearch.minimum(in: rate / 2...rate * 2, gridCount: 9) {
      distance($0, gamma)
    }
    return (best.argument, gamma)
  }
}
