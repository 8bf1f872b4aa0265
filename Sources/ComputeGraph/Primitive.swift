package import Tensors

/// Everything a graph can compute. Closed, so that a missing rule does not compile.
///
/// The first groups are plain; every fused primitive also states its meaning in plain ones
/// (``Decomposition``). Arrays are dense, row-major and single precision.
package enum Primitive: Hashable, Sendable {
  // Sources
  /// An array given at each execution.
  case input(name: String, shape: Shape)
  /// An array that training changes.
  case parameter(name: String, shape: Shape)
  /// The same number everywhere.
  case fill(Float, shape: Shape)
  /// Fixed numbers, such as a mask.
  case constant([Float], shape: Shape)

  // Element by element, operands of one shape
  case add
  case subtract
  case multiply
  case divide
  /// `scale · x + offset`
  case affine(scale: Float, offset: Float)
  case exponential
  case logarithm
  case tanh
  case squareRoot
  /// 1 where `x > 0`, else 0.
  case step

  // Movement
  case reshape(Shape)
  /// Result axis `i` is operand axis `permutation[i]`.
  case transpose(permutation: [Int])
  /// Operand axis `i` becomes result axis `axes[i]`; the other result axes repeat it.
  case broadcast(Shape, axes: [Int])
  /// Elements `start ..< start + stride · count` by `stride` along `axis`.
  case slice(axis: Int, start: Int, stride: Int, count: Int)
  /// The adjoint of ``slice``: an array of zeros of `extent` along `axis` that holds the operand at
  /// those places.
  case place(axis: Int, start: Int, stride: Int, extent: Int)

  // Reduction, the reduced axes disappear
  case sum(axes: [Int])
  case maximum(axis: Int)

  // Contraction
  /// `[..., M, K] · [..., K, N]`, either operand transposed in its last two axes if so said.
  case matmul(transposeLeft: Bool, transposeRight: Bool, precision: Precision = .float32)

  // Fused
  /// `x · W (+ b)` over the innermost axis: `[..., I]`, `[I, O]`, `[O]`.
  case linear(precision: Precision = .float32)
  /// Results: value, mean, inverse standard deviation.
  case layerNorm(epsilon: Float)
  /// Operands: cotangent, input, mean, inverse standard deviation, scale. Results: cotangents of
  /// input, scale and shift.
  case layerNormGradient
  /// Results: value, derivative.
  case activation(Activation)
  /// Operands: query, key, value. Results: output, weights.
  case attention(AttentionRule)
  /// Operands: cotangent, query, key, value, weights. Results: cotangents of query, key, value.
  case attentionGradient(AttentionRule)
  /// `scale · Σ (prediction − target)²`. Results: the sum, its derivative by the prediction.
  case squaredError(scale: Float)
  /// `−scale · Σ target · log softmax(logits)`. Results: the sum, its derivative by the logits.
  case crossEntropy(scale: Float)

  // Updates, over one flat vector
  /// Results: the gradient, scaled down to `maximumNorm` if its norm is larger, and the norm
  /// before.
  case clipByNorm(maximumNorm: Float?)
  /// Operands: parameters, gradient, first and second moment, `[learning rate, bias corrections]`.
  /// Results: the first, third and fourth, updated.
  case adamW(AdamWRule)
}

/// The elementwise nonlinearity of a feed-forward layer.
package enum Activation: String, Hashable, Sendable, Codable, CaseIterable {
  /// `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`, Hendrycks and Gimpel 2016, section 2,
  /// <https://arxiv.org/abs/1606.08415>.
  case gelu
  /// `max(x, 0)`
  case relu
}

/// The constants of AdamW (Loshchilov and Hutter 2019, algorithm 2,
/// <https://arxiv.org/abs/1711.05101>).
package struct AdamWRule: Hashable, Sendable {
  package let firstDecay: Float
  package let secondDecay: Float
  package let epsilon: Float
  package let weightDecay: Float

  package init(firstDecay: Float, secondDecay: Float, epsilon: Float, weightDecay: Float) {
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }
}
