extension Primitive {
  /// The word by which messages and plans name the primitive.
  package var name: String {
    switch self {
    case .input(let name, _): "input \(name)"
    case .parameter(let name, _): "parameter \(name)"
    case .fill: "fill"
    case .constant: "constant"
    case .add: "add"
    case .subtract: "subtract"
    case .multiply: "multiply"
    case .divide: "divide"
    case .affine: "affine"
    case .exponential: "exponential"
    case .logarithm: "logarithm"
    case .tanh: "tanh"
    case .squareRoot: "squareRoot"
    case .step: "step"
    case .reshape: "reshape"
    case .transpose: "transpose"
    case .broadcast: "broadcast"
    case .slice: "slice"
    case .place: "place"
    case .sum: "sum"
    case .maximum: "maximum"
    case .matmul: "matmul"
    case .linear: "linear"
    case .layerNorm: "layerNorm"
    case .layerNormGradient: "layerNormGradient"
    case .activation(let activation): activation.rawValue
    case .attention(let rule): "\(rule.scoring.rawValue)Attention"
    case .attentionGradient(let rule): "\(rule.scoring.rawValue)AttentionGradient"
    case .squaredError: "squaredError"
    case .crossEntropy: "crossEntropy"
    case .clipByNorm: "clipByNorm"
    case .adamW: "adamW"
    }
  }
}
