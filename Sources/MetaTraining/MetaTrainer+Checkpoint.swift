internal import Models
package import Storage
package import Tensors
package import ComputeGraph

extension MetaTrainer {
  /// The state that a checkpoint holds.
  ///
  /// - Throws: ``TrainingError/foreignParameters(_:)`` if it lacks a parameter or one has another
  ///   shape.
  package func state(of checkpoint: Checkpoint) throws -> TrainingState {
    TrainingState(
      parameters: try tensors(checkpoint.parameters),
      slots: try checkpoint.optimizerState.mapValues(tensors))
  }

  /// Tensors in the order of the model's parameters.
  ///
  /// - Throws: ``TrainingError/foreignParameters(_:)`` if one is missing or has another shape.
  package func tensors(_ named: [NamedTensor]) throws -> [Tensor] {
    let known = Dictionary(named.map { ($0.name, $0.tensor) }) { first, _ in first }
    return try model.parameters.map { description in
      guard let tensor = known[description.name] else {
        throw TrainingError.foreignParameters("\(description.name) is missing")
      }
      guard tensor.shape == description.shape else {
        throw TrainingError.foreignParameters(
          "\(description.name) is \(tensor.shape) and has to be \(description.shape)")
      }
      return tensor
    }
  }
}
