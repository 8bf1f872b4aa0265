package import ComputeGraph
package import Tensors

/// A dense row-major array in double precision.
package struct ReferenceArray: Sendable, Equatable {
  package let shape: Shape
  package var elements: [Double]

  package init(_ shape: Shape, _ elements: [Double]) {
    precondition(elements.count == shape.count, "An array holds as many elements as its shape.")
    self.shape = shape
    self.elements = elements
  }

  package init(_ tensor: Tensor) {
    self.init(tensor.shape, tensor.elements.map(Double.init))
  }

  /// Computes each element from its place, axis by axis.
  package init(_ shape: Shape, element: (_ place: [Int]) -> Double) {
    self.init(shape, Self.places(shape).map(element))
  }

  package subscript(place: [Int]) -> Double { elements[offset(of: place)] }

  package func offset(of place: [Int]) -> Int {
    zip(place, shape.strides).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Each element at the precision of a product's operands, ties to even.
  package func rounded(to precision: Precision) -> ReferenceArray {
    guard precision == .bfloat16 else { return self }
    return ReferenceArray(
      shape,
      elements.map { element in
        // Eight bits of significand: what is left of a number of that size after its highest bit.
        guard element != 0, element.isFinite else { return element }
        let unit = Double(sign: .plus, exponent: element.exponent - 7, significand: 1)
        return (element / unit).rounded(.toNearestOrEven) * unit
      })
  }

  /// The largest absolute value, zero if there is no element.
  package var magnitude: Double { elements.reduce(0) { max($0, abs($1)) } }

  /// Every place of an array of `shape`, innermost axis fastest.
  package static func places(_ shape: Shape) -> [[Int]] {
    (0..<shape.count).map { index in
      zip(shape.extents, shape.strides).map { extent, stride in index / stride % extent }
    }
  }
}
