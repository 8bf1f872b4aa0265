import Episodes

// Dimension key
//   n  examples of the context      D  dimension of an input

/// What linear learners know of the examples so far.
struct ContextMoments {
  let dimension: Int
  /// `n`
  private(set) var count = 0
  /// `Σ x xᵀ`, `[D, D]`
  private(set) var inputs: [Double]
  /// `Σ y x`, `[D]`
  private(set) var products: [Double]

  /// The moments of no examples.
  init(dimension: Int) {
    self.dimension = dimension
    inputs = [Double](repeating: 0, count: dimension * dimension)
    products = [Double](repeating: 0, count: dimension)
  }

  /// The moments of the first examples of an episode.
  init(of episode: Episode, count: Int) {
    self.init(dimension: episode.shape.inputDimension)
    for example in 0..<count {
      observe(
        episode.input(of: example).map { Double($0) }, target: episode.realTarget(of: example))
    }
  }

  /// Takes in an example.
  ///
  /// - Parameter input: `[D]`
  mutating func observe(_ input: [Double], target: Double) {
    precondition(input.count == dimension, "An input has the dimension of those before it.")
    for row in 0..<dimension {
      for column in 0..<dimension {
        inputs[row * dimension + column] += input[row] * input[column]
      }
      products[row] += target * input[row]
    }
    count += 1
  }

  /// Predicts the targets of an episode, each from the moments of the examples before it.
  ///
  /// - Parameters:
  ///   - episode: of real targets.
  ///   - predict: the prediction for an input, `[D]`, given at least one example.
  /// - Returns: `[N]`, of which the first, without examples, is zero.
  static func predictions(
    of episode: Episode, _ predict: (_ input: [Double], _ context: ContextMoments) -> Double
  ) -> [Double] {
    let inputs = episode.realInputs
    var context = ContextMoments(dimension: episode.shape.inputDimension)
    return (0..<episode.shape.exampleCount).map { example in
      let input = Array(inputs[example * context.dimension..<(example + 1) * context.dimension])
      let prediction = context.count == 0 ? 0 : predict(input, context)
      context.observe(input, target: episode.realTarget(of: example))
      return prediction
    }
  }
}
