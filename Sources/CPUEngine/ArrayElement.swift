internal import ComputeGraph

/// What arrays hold. Loops compute in single precision whatever they read and write.
protocol ArrayElement: BitwiseCopyable {
  /// The nearest element to `number`, ties to even.
  init(rounding number: Float)
  var widened: Float { get }
}

extension Float: ArrayElement {
  @inline(__always)
  init(rounding number: Float) { self = number }

  @inline(__always)
  var widened: Float { self }
}

/// The upper half of a single-precision number: eight bits of significand.
struct BFloat16: ArrayElement {
  private let bitPattern: UInt16

  @inline(__always)
  init(rounding number: Float) {
    let bits = number.bitPattern
    bitPattern = UInt16(truncatingIfNeeded: (bits &+ 0x7fff &+ ((bits >> 16) & 1)) >> 16)
  }

  @inline(__always)
  var widened: Float { Float(bitPattern: UInt32(bitPattern) << 16) }
}

extension Precision {
  /// The single-precision numbers that take as much memory as `count` elements.
  func storage(_ count: Int) -> Int {
    switch self {
    case .float32: count
    case .bfloat16: (count + 1) / 2
    }
  }
}
