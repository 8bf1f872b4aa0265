internal import CLinux
internal import ComputeGraph
internal import RealModule

#if canImport(Glibc)
  internal import Glibc
#endif

/// What a loop does to each element of one array.
enum UnaryFunction: Hashable, Sendable {
  case affine(scale: Float, offset: Float)
  case exponential
  case logarithm
  case tanh
  case squareRoot
  case step
}

/// What a loop does to each pair of elements of two arrays.
enum BinaryFunction: Hashable, Sendable {
  case add
  case subtract
  case multiply
  case divide
}

enum Elementwise {
  static func apply(
    _ function: UnaryFunction, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    switch function {
    case .affine(let scale, let offset):
      for i in 0..<count { y[i] = Relaxed.multiplyAdd(scale, x[i], offset) }
    case .exponential: for i in 0..<count { y[i] = fastExponential(x[i]) }
    case .logarithm: for i in 0..<count { y[i] = logf(x[i]) }
    case .tanh: for i in 0..<count { y[i] = tanhf(x[i]) }
    case .squareRoot: for i in 0..<count { y[i] = square_root(x[i]) }
    case .step: for i in 0..<count { y[i] = x[i] > 0 ? 1 : 0 }
    }
  }

  static func apply(
    _ function: BinaryFunction, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch function {
    case .add: for i in 0..<count { y[i] = a[i] + b[i] }
    case .subtract: for i in 0..<count { y[i] = a[i] - b[i] }
    case .multiply: for i in 0..<count { y[i] = a[i] * b[i] }
    case .divide: for i in 0..<count { y[i] = a[i] / b[i] }
    }
  }

  static func round(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<BFloat16>, count: Int
  ) {
    for i in 0..<count { y[i] = BFloat16(rounding: x[i]) }
  }

  /// Adds `x` to `y`, or copies it if this is the first contribution.
  static func accumulate(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int, adding: Bool
  ) {
    if adding {
      for i in 0..<count { y[i] += x[i] }
    } else {
      y.update(from: x, count: count)
    }
  }

  /// Writes the nonlinearity, and its derivative where `slope` is given.
  static func activation<Result: ArrayElement, Slope: ArrayElement>(
    _ activation: Activation, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Result>,
    slope: UnsafeMutablePointer<Slope>?, count: Int
  ) {
    switch (activation, slope) {
    case (.relu, let slope?):
      for i in 0..<count {
        let open: Float = x[i] > 0 ? 1 : 0
        y[i] = Result(rounding: x[i] * open)
        slope[i] = Slope(rounding: open)
      }
    case (.relu, nil): for i in 0..<count { y[i] = Result(rounding: x[i] > 0 ? x[i] : 0) }
    case (.gelu, let slope?):
      for i in 0..<count {
        let u = x[i]
        let gate = gate(u)
        let steepness = Relaxed.multiplyAdd(
          u * u, 2 * 3 * 0.7978845608 * 0.044715, 2 * 0.7978845608)
        y[i] = Result(rounding: u * gate)
        slope[i] = Slope(
          rounding: Relaxed.multiplyAdd(u * steepness, gate * (1 - gate), gate))
      }
    case (.gelu, nil): for i in 0..<count { y[i] = Result(rounding: x[i] * gate(x[i])) }
    }
  }

  /// `(1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`, as a logistic function.
  @inline(__always)
  private static func gate(_ x: Float) -> Float {
    let inner = x * Relaxed.multiplyAdd(x * x, -2 * 0.7978845608 * 0.044715, -2 * 0.7978845608)
    return 1 / (1 + fastExponential(inner))
  }
}
