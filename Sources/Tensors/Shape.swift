/// The extents of an array, outermost axis first.
package struct Shape: Hashable, Sendable {
  package let extents: [Int]

  /// - Parameter extents: the length of each axis, each at least zero; empty for a scalar.
  package init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "An extent cannot be negative.")
    self.extents = extents
  }

  package var rank: Int { extents.count }

  /// The number of elements, one for a scalar.
  package var count: Int { extents.reduce(1, *) }

  /// The extent of `axis`; negative axes count from the innermost.
  package subscript(axis: Int) -> Int { extents[axis < 0 ? rank + axis : axis] }

  /// The distance in elements between neighbours along each axis of a dense row-major array.
  package var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * extents[axis + 1]
    }
    return strides
  }
}

extension Shape: ExpressibleByArrayLiteral {
  package init(arrayLiteral extents: Int...) { self.init(extents) }
}

extension Shape: CustomStringConvertible {
  package var description: String { "[\(extents.map(String.init).joined(separator: ", "))]" }
}
