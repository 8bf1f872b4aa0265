import RealModule

/// The running averages of Adam, with its usual rates 0.9 and 0.999.
///
/// Source: Kingma and Ba 2014, algorithm 1, <https://arxiv.org/abs/1412.6980>.
struct AdamMoments {
  private static let rates: (first: Float, second: Float) = (0.9, 0.999)
  private static let epsilon: Float = 1e-8

  private var first: [Float]
  private var second: [Float]
  /// Powers of the rates: what the averages still lack.
  private var missing: (first: Float, second: Float) = (1, 1)

  init(count: Int) {
    first = [Float](repeating: 0, count: count)
    second = first
  }

  /// Takes one step against a gradient.
  mutating func step(_ parameters: inout [Float], _ gradient: [Float], learningRate: Float) {
    missing.first *= Self.rates.first
    missing.second *= Self.rates.second
    Self.update(
      &parameters, gradient, &first, &second, rate: learningRate / (1 - missing.first),
      correction: 1 / (1 - missing.second))
  }

  private static func update(
    _ parameters: inout [Float], _ gradient: [Float], _ first: inout [Float],
    _ second: inout [Float], rate: Float, correction: Float
  ) {
    let count = parameters.count
    precondition(
      gradient.count == count && first.count == count && second.count == count,
      "A gradient and two averages for each parameter.")
    let gradient = gradient.span
    var parameters = parameters.mutableSpan
    var first = first.mutableSpan
    var second = second.mutableSpan
    for i in 0..<count {
      let slope = gradient[unchecked: i]
      let mean = Relaxed.multiplyAdd(
        1 - rates.first, slope, rates.first * first[unchecked: i])
      let square = Relaxed.multiplyAdd(
        (1 - rates.second) * slope, slope, rates.second * second[unchecked: i])
      first[unchecked: i] = mean
      second[unchecked: i] = square
      parameters[unchecked: i] -= rate * mean / (root(square * correction) + epsilon)
    }
  }

  /// The square root, by Newton's iteration from the inverse root that halving the exponent gives:
  /// unlike the library's function it can be computed for many numbers at once.
  @inline(__always)
  private static func root(_ number: Float) -> Float {
    var inverse = Float(bitPattern: 0x5f37_59df &- number.bitPattern &>> 1)
    for _ in 0..<3 { inverse *= 1.5 - 0.5 * number * inverse * inverse }
    return number * inverse
  }
}
