import ComputeGraph

/// The cases of `Primitive` without what they carry; a new case does not compile until it has a row
/// here.
enum PrimitiveKind: CaseIterable {
  case input, parameter, fill, constant, add, subtract, multiply, divide, affine, exponential
  case logarithm, tanh, squareRoot, step, reshape, transpose, broadcast, slice, place, sum, maximum
  case matmul, linear, layerNorm, layerNormGradient, activation, attention, attentionGradient
  case squaredError, crossEntropy, clipByNorm, adamW

  init(_ primitive: Primitive) {
    switch primitive {
    case .input: self = .input
    case .parameter: self = .parameter
    case .fill: self = .fill
    case .constant: self = .constant
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .affine: self = .affine
    case .exponential: self = .exponential
    case .logarithm: self = .logarithm
    case .tanh: self = .tanh
    case .squareRoot: self = .squareRoot
    case .step: self = .step
    case .reshape: self = .reshape
    case .transpose: self = .transpose
    case .broadcast: self = .broadcast
    case .slice: self = .slice
    case .place: self = .place
    case .sum: self = .sum
    case .maximum: self = .maximum
    case .matmul: self = .matmul
    case .linear: self = .linear
    case .layerNorm: self = .layerNorm
    case .layerNormGradient: self = .layerNormGradient
    case .activation: self = .activation
    case .attention: self = .attention
    case .attentionGradient: self = .attentionGradient
    case .squaredError: self = .squaredError
    case .crossEntropy: self = .crossEntropy
    case .clipByNorm: self = .clipByNorm
    case .adamW: self = .adamW
    }
  }

  var isFused: Bool {
    switch self {
    case .linear, .layerNorm, .layerNormGradient, .activation, .attention, .attentionGradient,
      .squaredError, .crossEntropy, .clipByNorm, .adamW:
      true
    default: false
    }
  }
}
