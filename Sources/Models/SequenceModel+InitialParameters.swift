package import RandomKeys
package import Tensors

extension SequenceModel {
  /// The parameters before training.
  ///
  /// - Parameter key: names the draw; each parameter has a stream of its own.
  package func initialParameters(_ key: RandomKey) -> [NamedTensor] {
    parameters.enumerated().map { index, description in
      var tensor = Tensor(zeros: description.shape)
      switch description.initialization {
      case .constant(let number):
        tensor.elements = [Float](repeating: number, count: description.shape.count)
      case .normal(let standardDeviation):
        var span = tensor.elements.mutableSpan
        key.folded(with: index).fillNormals(&span, standardDeviation: standardDeviation)
      }
      return NamedTensor(name: description.name, axes: description.axes, tensor: tensor)
    }
  }
}
