extension Kernel {
  /// The same call with every slot replaced; the one place that knows which slots a kernel touches.
  func mappingSlots(_ map: (Slot) -> Slot) -> Kernel {
    switch self {
    case .product(
      let index, let accumulating, let left, let right, let result, let bias, let other):
      .product(
        index: index, accumulating: accumulating, left: map(left), right: map(right),
        result: map(result), bias: bias.map(map), other: other.map(map))
    case .unary(let function, let x, let y, let count):
      .unary(function, map(x), into: map(y), count: count)
    case .binary(let function, let a, let b, let y, let count):
      .binary(function, map(a), map(b), into: map(y), count: count)
    case .activation(let activation, let x, let y, let slope, let count):
      .activation(activation, map(x), into: map(y), slope: slope.map(map), count: count)
    case .fill(let number, let y, let count): .fill(number, into: map(y), count: count)
    case .round(let x, let y, let count): .round(map(x), into: map(y), count: count)
    case .contribute(let x, let y, let count): .contribute(map(x), into: map(y), count: count)
    case .strided(let loop, let x, let y, let initial, let count, let contributes):
      .strided(
        loop, map(x), into: map(y), initial: initial, count: count, contributes: contributes)
    case .layerNorm(
      let x, let scale, let shift, let y, let mean, let inverse, let rows, let features,
      let epsilon):
      .layerNorm(
        map(x), scale: map(scale), shift: map(shift), into: map(y), mean: map(mean),
        inverse: map(inverse), rows: rows, features: features, epsilon: epsilon)
    case .layerNormGradient(let slots, let rows, let features, let contributes):
      .layerNormGradient(
        LayerNormGradientSlots(
          cotangent: map(slots.cotangent), input: map(slots.input), mean: map(slots.mean),
          inverse: map(slots.inverse), scale: map(slots.scale), addend: slots.addend.map(map),
          forInput: map(slots.forInput), rounded: slots.rounded.map(map),
          forScale: map(slots.forScale),
          forShift: map(slots.forShift)), rows: rows, features: features, contributes: contributes)
    case .attentionWeights(let weights, let x, let matrices):
      .attentionWeights(weights, map(x), matrices: matrices)
    case .attentionWeightsGradient(let rule, let x, let weights, let matrices):
      .attentionWeightsGradient(rule, map(x), weights: map(weights), matrices: matrices)
    case .attention(let kernel, let slots, let output):
      .attention(kernel, slots.mapping(map), output: map(output))
    case .attentionGradient(
      let kernel, let slots, let cotangent, let query, let key, let value):
      .attentionGradient(
        kernel, slots.mapping(map), cotangent: map(cotangent), query: map(query), key: map(key),
        value: map(value))
    case .squaredError(let x, let target, let y, let slope, let scale, let count):
      .squaredError(
        map(x), target: map(target), into: map(y), slope: slope.map(map), scale: scale,
        count: count)
    case .crossEntropy(let x, let target, let y, let slope, let scale, let rows, let classes):
      .crossEntropy(
        map(x), target: map(target), into: map(y), slope: slope.map(map), scale: scale,
        rows: rows, classes: classes)
    }
  }

  /// Every slot that the kernel reads or writes.
  var slots: [Slot] {
    var slots: [Slot] = []
    _ = mappingSlots {
      slots.append($0)
      return $0
    }
    return slots
  }
}

extension AttentionSlots {
  fileprivate func mapping(_ map: (Slot) -> Slot) -> AttentionSlots {
    AttentionSlots(
      query: map(query), key: map(key), value: map(value), weights: map(weights),
      scratch: map(scratch))
  }
}
