internal import ComputeGraph

/// One call of a plan: which loop or product runs on which slots.
enum Kernel: Sendable {
  /// Where a contribution to a parameter's gradient goes: added from a lane's second block on.
  case product(
    index: Int, accumulating: Int?, left: Slot, right: Slot, result: Slot, bias: Slot?,
    other: Slot?)
  case unary(UnaryFunction, Slot, into: Slot, count: Int)
  case binary(BinaryFunction, Slot, Slot, into: Slot, count: Int)
  case activation(Activation, Slot, into: Slot, slope: Slot?, count: Int)
  case fill(Float, into: Slot, count: Int)
  /// Rounds single-precision numbers.
  case round(Slot, into: Slot, count: Int)
  /// Copies or adds `count` elements to a gradient.
  case contribute(Slot, into: Slot, count: Int)
  /// A strided loop; `initial`, where given, first fills the result.
  case strided(StridedLoop, Slot, into: Slot, initial: Float?, count: Int, contributes: Bool)
  case layerNorm(
    Slot, scale: Slot, shift: Slot, into: Slot, mean: Slot, inverse: Slot, rows: Int, features: Int,
    epsilon: Float)
  case layerNormGradient(LayerNormGradientSlots, rows: Int, features: Int, contributes: Bool)
  case attentionWeights(AttentionWeights, Slot, matrices: Int)
  case attentionWeightsGradient(AttentionWeights, Slot, weights: Slot, matrices: Int)
  case attention(any AttentionKernel, AttentionSlots, output: Slot)
  case attentionGradient(
    any AttentionKernel, AttentionSlots, cotangent: Slot, query: Slot, key: Slot, value: Slot)
  case squaredError(Slot, target: Slot, into: Slot, slope: Slot?, scale: Float, count: Int)
  case crossEntropy(
    Slot, target: Slot, into: Slot, slope: Slot?, scale: Float, rows: Int, classes: Int)
}

struct LayerNormGradientSlots: Sendable {
  let cotangent: Slot
  let input: Slot
  let mean: Slot
  let inverse: Slot
  let scale: Slot
  var addend: Slot?
  let forInput: Slot
  /// Where the input's cotangent goes in bfloat16, too.
  var rounded: Slot?
  let forScale: Slot
  let forShift: Slot
}

/// What attention and its gradient both read, and their scratch memory.
struct AttentionSlots: Sendable {
  let query: Slot
  let key: Slot
  let value: Slot
  let weights: Slot
  let scratch: Slot

  func arrays(_ at: Bases) -> AttentionArrays {
    AttentionArrays(
      query: at.array(query), key: at.array(key), value: at.array(value), weights: at[weights],
      scratch: at[scratch])
  }
}
