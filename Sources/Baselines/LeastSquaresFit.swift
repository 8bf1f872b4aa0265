import Episodes

// Dimension key
//   D  dimension of an input      r  rank of the inputs seen so far

/// The least-squares solution of the examples seen so far, updated with one after the other.
///
/// The inputs are kept as `X = U R Q`: `Q` holds `r` orthonormal rows that span them, `R` is upper
/// triangular, and `U`, which is not needed, orthonormal. The solution of least norm is then
/// `Qᵀ R⁻¹ Uᵀ y`. A new input is split into its coordinates in `Q` and what is left, by Gram-Schmidt
/// twice, which extends `Q` if it does not vanish; plane rotations then take its row into `R`. Both
/// are backward stable, so every context has the accuracy of a factorisation of its own at the cost
/// of a step of one.
///
/// Source: Golub and Van Loan 2013, "Matrix Computations", 4th edition, sections 5.2.7 and 6.5.3.
struct LeastSquaresFit {
  /// What is left of an input counts as zero below this share of the largest input: far above
  /// rounding in double precision, far below the spread of random inputs.
  static let rankTolerance = 1e-12

  /// `D`
  private let dimension: Int
  /// `r`
  private var rank = 0
  /// The square of the norm of the largest input.
  private var largest = 0.0
  /// `Q`, `[r, D]`
  private var basis: [Double]
  /// `R`, `[D, D]`, of which the first `r` rows and columns are used.
  private var factor: [Double]
  /// `Uᵀ y`, `[r]`
  private var image: [Double]
  /// `R⁻¹ Uᵀ y`, `[r]`: the solution in the coordinates of `Q`.
  private var solution: [Double]
  /// Room for the coordinates of an input, `[D]`.
  private var coordinates: [Double]
  /// Room for what is left of it, `[D]`.
  private var rest: [Double]

  /// A fit without examples; its solution is zero.
  init(dimension: Int) {
    self.dimension = dimension
    basis = [Double](repeating: 0, count: dimension * dimension)
    factor = basis
    image = [Double](repeating: 0, count: dimension)
    solution = image
    coordinates = image
    rest = image
  }

  /// A fit that has seen `√penalty` times each unit vector with target zero: the solutions are those
  /// of ridge regression.
  init(dimension: Int, penalty: Double) {
    self.init(dimension: dimension)
    rank = dimension
    for i in 0..<dimension {
      basis[i * dimension + i] = 1
      factor[i * dimension + i] = penalty.squareRoot()
    }
  }

  /// The predictions for an episode, each from the examples before it.
  mutating func predictions(of episode: Episode) -> [Double] {
    (0..<episode.shape.exampleCount).map { example in
      project(episode.inputs.span, from: example * dimension)
      let prediction = prediction
      observe(target: episode.realTarget(of: example))
      return prediction
    }
  }

  /// The predictions for an episode, each with the leverage of its input.
  mutating func predictionsWithLeverages(
    of episode: Episode
  ) -> [(prediction: Double, leverage: Double)] {
    (0..<episode.shape.exampleCount).map { example in
      project(episode.inputs.span, from: example * dimension)
      let result = (prediction, leverage)
      observe(target: episode.realTarget(of: example))
      return result
    }
  }

  /// The prediction for the input that was projected last.
  private var prediction: Double {
    var prediction = 0.0
    for i in 0..<rank { prediction += solution[i] * coordinates[i] }
    return prediction
  }

  /// `xᵀ (Rᵀ R)⁻¹ x` for the input that was projected last: how little the examples so far, and the
  /// penalty, say in its direction.
  private var leverage: Double {
    var leverage = 0.0
    var whitened = coordinates
    for row in 0..<rank {
      let number = whitened[row] / factor[row * dimension + row]
      leverage += number * number
      for i in row + 1..<max(row + 1, rank) {
        whitened[i] -= number * factor[row * dimension + i]
      }
    }
    return leverage
  }

  /// Splits an input into its coordinates in the basis and what is left of it.
  private mutating func project(_ inputs: Span<Float>, from offset: Int) {
    var square = 0.0
    for i in 0..<dimension {
      let number = Double(inputs[offset + i])
      rest[i] = number
      square += number * number
      coordinates[i] = 0
    }
    if !(square <= largest) { largest = square }
    // Once does not leave a rest orthogonal to the basis when little is left; twice is enough.
    for _ in 0..<2 {
      for row in 0..<rank {
        let start = row * dimension
        var product = 0.0
        for i in 0..<dimension { product += basis[start + i] * rest[i] }
        for i in 0..<dimension { rest[i] -= product * basis[start + i] }
        coordinates[row] += product
      }
    }
  }

  /// Takes in the input that was projected last, with its target, and solves for all of them.
  private mutating func observe(target: Double) {
    if rank < dimension { extendBasis() }
    var target = target
    for row in 0..<rank where coordinates[row] != 0 {
      let start = row * dimension
      let length =
        (factor[start + row] * factor[start + row] + coordinates[row] * coordinates[row])
        .squareRoot()
      let cosine = factor[start + row] / length
      let sine = coordinates[row] / length
      for i in row..<rank {
        let upper = factor[start + i]
        factor[start + i] = cosine * upper + sine * coordinates[i]
        coordinates[i] = cosine * coordinates[i] - sine * upper
      }
      let upper = image[row]
      image[row] = cosine * upper + sine * target
      target = cosine * target - sine * upper
    }
    for row in (0..<rank).reversed() {
      var sum = image[row]
      for i in row + 1..<max(row + 1, rank) { sum -= factor[row * dimension + i] * solution[i] }
      solution[row] = sum / factor[row * dimension + row]
    }
  }

  /// Adds the direction of what is left of the input to the basis, unless that is nothing.
  private mutating func extendBasis() {
    var square = 0.0
    for i in 0..<dimension { square += rest[i] * rest[i] }
    // Written so that what is not a number counts as something and spreads.
    guard !(square <= Self.rankTolerance * Self.rankTolerance * largest) else { return }
    let length = square.squareRoot()
    for i in 0..<dimension { basis[rank * dimension + i] = rest[i] / length }
    coordinates[rank] = length
    rank += 1
  }
}
