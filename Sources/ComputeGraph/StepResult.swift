/// What there is to say about a training step.
package struct StepResult: Sendable, Equatable {
  /// Before the update.
  package let loss: Float
  /// Before clipping.
  package let gradientNorm: Float
  /// A checksum of the bits of the whole gradient: the same for the same gradient, and another one
  /// if a single bit differs.
  package let gradientHash: UInt64
  /// Whether parameters and optimiser slots are finite after the step.
  package let isStateFinite: Bool

  package init(loss: Float, gradientNorm: Float, gradientHash: UInt64, isStateFinite: Bool) {
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.gradientHash = gradientHash
    self.isStateFinite = isStateFinite
  }

  /// Whether loss and gradient are finite; if not, the step changed nothing.
  package var isUpdated: Bool { loss.isFinite && gradientNorm.isFinite }

  /// Whether the step and what it left are finite.
  package var isFinite: Bool { isUpdated && isStateFinite }
}
