import RandomKeys

// Dimension key
//   N  vectors      D  rows      K  columns

/// A matrix `A` of `[D, K]` with independent elements from `N(0, 1/K)`, drawn as it is used.
struct RandomMatrix {
  /// The largest `D`: some columns are drawn on the stack.
  static let largestRowCount = 4096
  /// How many columns are drawn at a time, and added to a product in one pass over it.
  private static let panelWidth = 8

  /// `D`
  let rowCount: Int
  /// `K`
  let columnCount: Int
  /// Names the elements.
  let key: RandomKey

  /// Replaces `products` by `A x` for every vector `x`.
  ///
  /// A product is a sum of `K` terms in their order, each rounded to single precision.
  ///
  /// - Parameters:
  ///   - vectors: `[N, K]`
  ///   - products: `[N, D]`
  /// - Complexity: O(N·D·K), without allocations.
  func project(_ vectors: Span<Float>, into products: inout MutableSpan<Float>) {
    let count = vectors.count / columnCount
    precondition(
      vectors.count == count * columnCount && products.count == count * rowCount
        && rowCount <= Self.largestRowCount, "A product for every vector.")
    for i in 0..<products.count { products[unchecked: i] = 0 }
    var panel = InlineArray<32768, Float>(repeating: 0)
    var panelSpan = panel.mutableSpan
    for first in stride(from: 0, to: columnCount, by: Self.panelWidth) {
      key.folded(with: first).fillNormals(
        &panelSpan, range: 0..<Self.panelWidth * rowCount,
        standardDeviation: 1 / Float(columnCount).squareRoot())
      // Two vectors at a time read every element of the panel once.
      for vector in stride(from: 0, to: count - 1, by: 2) {
        addPanel(panelSpan.span, first, vectors, (vector, vector + 1), to: &products)
      }
      // The last of an odd number is added to alone.
      if count % 2 > 0 { addPanel(panelSpan.span, first, vectors, count - 1, to: &products) }
    }
  }

  /// The coordinates of a vector that meet the columns of a panel, zero behind the last.
  @inline(__always)
  private func coordinates(
    _ vectors: Span<Float>, _ vector: Int, from first: Int
  ) -> InlineArray<8, Float> {
    InlineArray { first + $0 < columnCount ? vectors[vector * columnCount + first + $0] : 0 }
  }

  /// Adds to the products of two vectors what the columns of a panel contribute.
  @inline(__always)
  private func addPanel(
    _ panel: Span<Float>, _ first: Int, _ vectors: Span<Float>, _ pair: (Int, Int),
    to products: inout MutableSpan<Float>
  ) {
    let count = rowCount
    let x = coordinates(vectors, pair.0, from: first)
    let y = coordinates(vectors, pair.1, from: first)
    // In bounds by the precondition of the caller.
    for i in 0..<count {
      var sums = (
        products[unchecked: pair.0 &* count &+ i], products[unchecked: pair.1 &* count &+ i]
      )
      for k in 0..<Self.panelWidth {
        let element = panel[unchecked: k &* count &+ i]
        sums.0 += x[k] * element
        sums.1 += y[k] * element
      }
      products[unchecked: pair.0 &* count &+ i] = sums.0
      products[unchecked: pair.1 &* count &+ i] = sums.1
    }
  }

  /// Adds to the product of one vector what the columns of a panel contribute.
  @inline(__always)
  private func addPanel(
    _ panel: Span<Float>, _ first: Int, _ vectors: Span<Float>, _ vector: Int,
    to products: inout MutableSpan<Float>
  ) {
    let count = rowCount
    let x = coordinates(vectors, vector, from: first)
    // In bounds by the precondition of the caller.
    for i in 0..<count {
      var sum = products[unchecked: vector &* count &+ i]
      for k in 0..<Self.panelWidth { sum += x[k] * panel[unchecked: k &* count &+ i] }
      products[unchecked: vector &* count &+ i] = sum
    }
  }
}
