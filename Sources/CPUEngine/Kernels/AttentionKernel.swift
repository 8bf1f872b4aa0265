internal import ComputeGraph

/// Attention and its gradient, for one shape.
protocol AttentionKernel: Sendable {
  var rule: AttentionRule { get }
  var episodes: Int { get }
  /// Single-precision numbers that the weights take.
  var weightCount: Int { get }
  /// Single-precision numbers of scratch memory.
  var scratchCount: Int { get }

  /// `[B, Q, D]`, `[B, T, D]`, `[B, T, D]` to weights and `[B, Q, D]`.
  func forward(_ x: AttentionArrays, into output: ArrayPointer)

  /// The cotangents of query, key and value, each of its operand's shape.
  func backward(
    _ cotangent: ArrayPointer, _ x: AttentionArrays,
    into results: (query: ArrayPointer, key: ArrayPointer, value: ArrayPointer))
}

/// Where the arrays of an attention lie.
struct AttentionArrays {
  let query: ArrayPointer
  let key: ArrayPointer
  let value: ArrayPointer
  let weights: UnsafeMutablePointer<Float>
  let scratch: UnsafeMutablePointer<Float>
}
