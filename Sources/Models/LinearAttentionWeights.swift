internal import Episodes
package import Tensors

// Dimension key
//   F  width of a token      D  dimension of an input      C  width of a target

/// What the weights of a ``LinearSelfAttention`` with one head amount to: two matrices in each
/// layer.
///
/// `e_j ← e_j + 1/n Σᵢ (e_j A e_iᵀ) e_i B`, with `A = W_Q W_Kᵀ` and `B = W_V W_P`. Different weights
/// with the same products are the same model. Scaling `A` by a factor and `B` by its inverse changes
/// nothing either.
package struct LinearAttentionWeights: Equatable, Sendable {
  /// One application of attention.
  package struct Layer: Equatable, Sendable {
    /// `A`, `[F, F]`
    package var scores: SquareMatrix
    /// `B`, `[F, F]`
    package var update: SquareMatrix

    package init(scores: SquareMatrix, update: SquareMatrix) {
      precondition(scores.extent == update.extent, "Both matrices are as wide as a token.")
      self.scores = scores
      self.update = update
    }
  }

  /// In the order in which they are applied.
  package var layers: [Layer]

  package init(layers: [Layer]) {
    precondition(!layers.isEmpty, "A model has a layer.")
    self.layers = layers
  }

  /// The products of a model's parameters.
  ///
  /// - Parameters:
  ///   - model: of one head.
  ///   - parameters: in the order of ``LinearSelfAttention/parameters``.
  package init(_ model: LinearSelfAttention, parameters: [Tensor]) {
    precondition(model.settings.heads == 1, "The products of several heads do not add up to one.")
    let (width, inputs) = (model.layout.tokenWidth, model.layout.shape.inputDimension)
    let weights = parameters.map { SquareMatrix($0.elements.map(Double.init)) }
    let distinct: [Layer] =
      switch model.settings.structure {
      case .full:
        stride(from: 0, to: weights.count, by: 4).map { first in
          Layer(
            scores: weights[first].times(weights[first + 1].transposed),
            update: weights[first + 2].times(weights[first + 3]))
        }
      case .inputsOnly:
        stride(from: 0, to: weights.count, by: 2).map { first in
          Layer(
            scores: weights[first].padded(to: width),
            update: weights[first + 1].padded(to: width)
              .plus(.diagonal(width) { $0 < inputs ? 0 : 1 }))
        }
      }
    self.init(layers: (0..<model.settings.layers).map { distinct[$0 % distinct.count] })
  }

  /// Parameters of a model with these products: queries carry the scores, values the update, and
  /// keys and outputs are identities.
  ///
  /// - Returns: in the order of ``LinearSelfAttention/parameters`` of a model with the structure
  ///   `full`, one head and as many layers, none of them shared.
  package var parameters: [Tensor] {
    layers.flatMap { layer in
      let identity = SquareMatrix.diagonal(layer.scores.extent) { _ in 1 }
      return [layer.scores, identity, layer.update, identity].map { matrix in
        Tensor(
          shape: [matrix.extent, matrix.extent], elements: matrix.elements.map { Float($0) })
      }
    }
  }
}
