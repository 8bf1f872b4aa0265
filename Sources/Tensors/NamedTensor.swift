/// A tensor with the name under which files and reports know it, and the names of its axes.
package struct NamedTensor: Equatable, Sendable {
  /// A path of words joined by dots, such as `blocks.0.attention.query.weight`.
  package let name: String
  /// One word for each axis of `tensor`, such as `["input", "output"]`.
  package let axes: [String]
  package var tensor: Tensor

  package init(name: String, axes: [String], tensor: Tensor) {
    precondition(axes.count == tensor.shape.rank, "Every axis of a named tensor has a name.")
    self.name = name
    self.axes = axes
    self.tensor = tensor
  }
}
