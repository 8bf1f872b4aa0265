/// A small square matrix in double precision, row by row.
package struct SquareMatrix: Equatable, Sendable {
  package let extent: Int
  /// `[extent, extent]`
  package private(set) var elements: [Double]

  /// - Parameter elements: `[extent, extent]`
  package init(_ elements: [Double]) {
    extent = Int(Double(elements.count).squareRoot())
    precondition(extent * extent == elements.count, "A square has as many rows as columns.")
    self.elements = elements
  }

  /// The matrix with these numbers on its diagonal and zeros elsewhere.
  package static func diagonal(_ extent: Int, _ number: (Int) -> Double) -> SquareMatrix {
    var matrix = SquareMatrix([Double](repeating: 0, count: extent * extent))
    for i in 0..<extent { matrix[i, i] = number(i) }
    return matrix
  }

  package subscript(_ row: Int, _ column: Int) -> Double {
    get { elements[row * extent + column] }
    set { elements[row * extent + column] = newValue }
  }

  package var transposed: SquareMatrix {
    SquareMatrix(
      (0..<elements.count).map { self[$0 % extent, $0 / extent] })
  }

  package func times(_ number: Double) -> SquareMatrix {
    SquareMatrix(elements.map { $0 * number })
  }

  package func plus(_ other: SquareMatrix) -> SquareMatrix {
    precondition(extent == other.extent, "Matrices of one extent add up.")
    return SquareMatrix(zip(elements, other.elements).map { $0 + $1 })
  }

  /// - Complexity: O(extent³)
  package func times(_ other: SquareMatrix) -> SquareMatrix {
    precondition(extent == other.extent, "Matrices of one extent multiply.")
    return SquareMatrix(
      (0..<elements.count).map { place in
        (0..<extent).reduce(0) { $0 + self[place / extent, $1] * other[$1, place % extent] }
      })
  }

  /// The matrix in the upper left corner of a larger one of zeros.
  func padded(to width: Int) -> SquareMatrix {
    var larger = SquareMatrix.diagonal(width) { _ in 0 }
    for row in 0..<extent { for column in 0..<extent { larger[row, column] = self[row, column] } }
    return larger
  }
}
