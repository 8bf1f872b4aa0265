package import Tensors

/// Where the parameters of a program lie in one vector, one behind the other.
///
/// State that is one array takes one handle, one copy and one fused update, however many parameters
/// there are.
package struct FlatLayout: Sendable {
  package let shapes: [Shape]
  package let count: Int

  package init(_ shapes: [Shape]) {
    self.shapes = shapes
    count = shapes.reduce(0) { $0 + $1.count }
  }

  /// The elements of all tensors.
  package func flatten(_ tensors: [Tensor]) -> [Float] {
    precondition(tensors.map(\.shape) == shapes, "A state fits the program that it belongs to.")
    var elements: [Float] = []
    elements.reserveCapacity(count)
    for tensor in tensors { elements += tensor.elements }
    return elements
  }

  /// The tensors whose elements these are.
  package func tensors(_ elements: [Float]) -> [Tensor] {
    var start = 0
    return shapes.map { shape in
      defer { start += shape.count }
      return Tensor(shape: shape, elements: Array(elements[start..<start + shape.count]))
    }
  }
}

extension FunctionText {
  /// The parameters that lie in a vector.
  mutating func parameters(in vector: Operand, _ layout: FlatLayout) -> [Operand] {
    var start = 0
    return layout.shapes.map { shape in
      defer { start += shape.count }
      return reshape(slice(vector, axis: 0, start: start, count: shape.count), to: shape)
    }
  }

  /// One vector of many arrays.
  mutating func flatten(_ arrays: [Operand]) -> Operand {
    concatenate(arrays.map { reshape($0, to: [$0.shape.count]) })
  }
}
