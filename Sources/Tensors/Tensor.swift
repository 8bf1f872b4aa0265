/// A dense row-major array of single-precision numbers on the host.
package struct Tensor: Equatable, Sendable {
  package let shape: Shape
  package var elements: [Float]

  /// - Parameters:
  ///   - shape: the extents.
  ///   - elements: as many numbers as `shape.count`, innermost axis fastest.
  package init(shape: Shape, elements: [Float]) {
    precondition(elements.count == shape.count, "A tensor holds as many elements as its shape.")
    self.shape = shape
    self.elements = elements
  }

  package init(zeros shape: Shape) {
    self.init(shape: shape, elements: [Float](repeating: 0, count: shape.count))
  }
}
