internal import ComputeGraph

/// One worker's means to run a plan: its arena, scratch memory and memory objects.
///
/// Sendable because one worker alone uses it.
final class PlanRunner: @unchecked Sendable {
  let plan: Plan
  private let arena: AlignedBuffer
  private let scratchpad: AlignedBuffer
  private let calls: [MatrixProductCall]
  /// The first failure of a library call, zero if there was none.
  private(set) var status = 0

  init(_ plan: Plan, library: MatrixLibrary) throws {
    self.plan = plan
    arena = AlignedBuffer(count: plan.arenaCount)
    scratchpad = AlignedBuffer(count: plan.scratchpadCount)
    var calls: [MatrixProductCall] = []
    for product in plan.products { calls.append(try MatrixProductCall(product, library: library)) }
    self.calls = calls
  }

  /// An array of the arena, for writing inputs and reading outputs.
  func array(_ value: Value) -> UnsafeMutablePointer<Float> {
    guard let slot = plan.slots[value], slot.space == .arena else {
      preconditionFailure("Inputs and outputs of a plan lie in its arena.")
    }
    return arena.pointer + slot.offset
  }

  /// Notes the failure of a library call, if it is the first.
  func fail(_ status: Int) {
    if self.status == 0 { self.status = status }
  }

  /// Runs every kernel once.
  ///
  /// - Parameters:
  ///   - parameters: as laid out when the plan was made, and packed.
  ///   - gradients: the lane's sums.
  ///   - adding: whether the lane's sums already hold a block.
  ///   - finished: called after each kernel, with its number.
  func run(
    parameters: ParameterMemory, gradients: UnsafeMutablePointer<Float>, adding: Bool = false,
    finished: (_ kernel: Int) -> Void = { _ in }
  ) {
    let bases = Bases(
      arena: arena.pointer, parameters: parameters, constants: plan.constants.pointer,
      gradients: gradients)
    for (index, kernel) in plan.kernels.enumerated() {
      run(kernel, bases, adding)
      finished(index)
    }
  }

  private func run(_ kernel: Kernel, _ at: Bases, _ adding: Bool) {
    switch kernel {
    case .product(
      let index, let accumulating, let left, let right, let result, let bias, let other):
      let call = adding ? calls[accumulating ?? index] : calls[index]
      let outcome = call(
        left: at[left], right: at[right], result: at[result], scratchpad: scratchpad.pointer,
        bias: bias.map { at[$0] }, other: other.map { at[$0] })
      if outcome != 0 { fail(outcome) }
    case .unary(let function, let x, let y, let count):
      Elementwise.apply(function, at[x], into: at[y], count: count)
    case .binary(let function, let a, let b, let y, let count):
      Elementwise.apply(function, at[a], at[b], into: at[y], count: count)
    case .activation(let activation, let x, let y, let slope, let count):
      run(activation, at[x], y, slope, count, at)
    case .round(let x, let y, let count):
      Elementwise.round(at[x], into: at.halves(y), count: count)
    case .fill(let number, let y, let count): at[y].update(repeating: number, count: count)
    case .contribute(let x, let y, let count):
      Elementwise.accumulate(at[x], into: at[y], count: count, adding: adding)
    case .strided(let loop, let x, let y, let initial, let count, let contributes):
      if let initial, !(contributes && adding) { fill(y, with: initial, count, at) }
      run(loop, x, y, at)
    case .layerNorm(
      let x, let scale, let shift, let y, let mean, let inverse, let rows, let features,
      let epsilon):
      switch y.precision {
      case .float32:
        Normalization.forward(
          at[x], scale: at[scale], shift: at[shift], into: at[y], mean: at[mean],
          inverse: at[inverse], rows: rows, features: features, epsilon: epsilon)
      case .bfloat16:
        Normalization.forward(
          at[x], scale: at[scale], shift: at[shift], into: at.halves(y), mean: at[mean],
          inverse: at[inverse], rows: rows, features: features, epsilon: epsilon)
      }
    case .layerNormGradient(let slots, let rows, let features, let contributes):
      if !(contributes && adding) {
        at[slots.forScale].update(repeating: 0, count: features)
        at[slots.forShift].update(repeating: 0, count: features)
      }
      Normalization.backward(
        at[slots.cotangent], at[slots.input], mean: at[slots.mean], inverse: at[slots.inverse],
        scale: at[slots.scale], addend: slots.addend.map { UnsafePointer(at[$0]) },
        input: at[slots.forInput], rounded: slots.rounded.map { at.halves($0) },
        scaleSum: at[slots.forScale], shiftSum: at[slots.forShift],
        rows: rows, features: features)
    case .attentionWeights(let weights, let x, let matrices):
      weights.forward(at[x], matrices: matrices)
    case .attentionWeightsGradient(let rule, let x, let weights, let matrices):
      rule.backward(at[x], weights: at[weights], matrices: matrices)
    case .attention(let kernel, let slots, let output):
      kernel.forward(slots.arrays(at), into: at.array(output))
    case .attentionGradient(
      let kernel, let slots, let cotangent, let query, let key, let value):
      kernel.backward(
        at.array(cotangent), slots.arrays(at),
        into: (at.array(query), at.array(key), at.array(value)))
    case .squaredError(let x, let target, let y, let slope, let scale, let count):
      at[y][0] = Losses.squaredError(
        at[x], at[target], scale: scale, slope: slope.map { at[$0] }, count: count)
    case .crossEntropy(let x, let target, let y, let slope, let scale, let rows, let classes):
      at[y][0] = Losses.crossEntropy(
        at[x], at[target], scale: scale, slope: slope.map { at[$0] }, rows: rows,
        classes: classes)
    }
  }

  private func fill(_ y: Slot, with number: Float, _ count: Int, _ at: Bases) {
    switch y.precision {
    case .float32: at[y].update(repeating: number, count: count)
    case .bfloat16: at.halves(y).update(repeating: BFloat16(rounding: number), count: count)
    }
  }

  private func run(_ loop: StridedLoop, _ x: Slot, _ y: Slot, _ at: Bases) {
    switch (loop.action, x.precision) {
    case (.copy, .float32): loop.copy(at[x], at[y])
    case (.copy, .bfloat16): loop.copy(at.halves(x), at.halves(y))
    case (_, .float32): loop.reduce(at[x], at[y])
    case (_, .bfloat16): loop.reduce(at.halves(x), at[y])
    }
  }

  private func run(
    _ activation: Activation, _ x: UnsafePointer<Float>, _ y: Slot, _ slope: Slot?, _ count: Int,
    _ at: Bases
  ) {
    switch (y.precision, slope?.precision) {
    case (.float32, .bfloat16):
      Elementwise.activation(
        activation, x, into: at[y], slope: slope.map { at.halves($0) }, count: count)
    case (.float32, _):
      Elementwise.activation(
        activation, x, into: at[y], slope: slope.map { at[$0] }, count: count)
    case (.bfloat16, .bfloat16):
      Elementwise.activation(
        activation, x, into: at.halves(y), slope: slope.map { at.halves($0) }, count: count)
    case (.bfloat16, _):
      Elementwise.activation(
        activation, x, into: at.halves(y), slope: slope.map { at[$0] }, count: count)
    }
  }
}
