package import Episodes

// Dimension key
//   E  episodes      K  context lengths      P  contexts with a query each, E · K
//   D  dimension of an input

/// Contexts in the coordinates of their eigenvectors, in which any ``SpectralFilter`` predicts in a few
/// operations, so that its constants can be searched.
package struct SpectralContexts: Sendable {
  private let dimension: Int
  private let contextCount: Int
  /// `λ` of `Σ xᵢ xᵢᵀ`, `[P, D]`, eight at a time.
  private let eigenvalues: [SIMD8<Double>]
  /// For each eigenvalue one over the number of examples of its context.
  private let inverseCounts: [SIMD8<Double>]
  /// `(x · v)(v · Σ yᵢ xᵢ)`, `[P, D]`.
  private let products: [Double]
  /// The mean of the eigenvalues over directions, for one example: the mean square of a coordinate; 1
  /// without examples.
  package let meanSquareInput: Double
  /// The mean over contexts of the largest eigenvalue; 1 without contexts.
  package let meanLargestEigenvalue: Double

  /// - Parameters:
  ///   - episodes: `E`, with real targets; the query after `k` examples is the input of example `k`.
  ///   - contextLengths: `K` of them, ascending.
  /// - Complexity: O(E · K · D³)
  package init(of episodes: [Episode], contextLengths: [Int]) {
    let parts = concurrentMap(count: episodes.count) { index in
      Self.coordinates(of: episodes[index], contextLengths)
    }
    let dimension = episodes.first?.shape.inputDimension ?? 1
    let counts = episodes.flatMap { _ in contextLengths.map { Double($0) } }
    let values = parts.flatMap(\.eigenvalues)
    self.dimension = dimension
    contextCount = counts.count
    products = parts.flatMap(\.products)
    eigenvalues = Self.lanes(values)
    inverseCounts = Self.lanes(
      counts.flatMap { [Double](repeating: 1 / max(1, $0), count: dimension) })
    let examples = counts.reduce(0, +) * Double(dimension)
    meanSquareInput = examples > 0 ? values.reduce(0, +) / examples : 1
    let largest = stride(from: dimension - 1, to: values.count, by: dimension).map { values[$0] }
    meanLargestEigenvalue =
      largest.isEmpty ? 1 : largest.reduce(0, +) / Double(largest.count)
  }

  /// Numbers eight at a time, and zeros behind the last.
  private static func lanes(_ numbers: [Double]) -> [SIMD8<Double>] {
    stride(from: 0, to: numbers.count, by: 8).map { start in
      var lanes = SIMD8<Double>.zero
      for lane in 0..<min(8, numbers.count - start) { lanes[lane] = numbers[start + lane] }
      return lanes
    }
  }

  private static func coordinates(
    of episode: Episode, _ contextLengths: [Int]
  ) -> (eigenvalues: [Double], products: [Double]) {
    let dimension = episode.shape.inputDimension
    let inputs = episode.realInputs
    var context = ContextMoments(dimension: dimension)
    var (eigenvalues, products): ([Double], [Double]) = ([], [])
    for length in contextLengths {
      while context.count < length {
        let start = context.count * dimension
        context.observe(
          Array(inputs[start..<start + dimension]), target: episode.realTarget(of: context.count))
      }
      let system = SymmetricEigensystem(of: context.inputs, count: dimension)
      // Rounding leaves some that should be zero slightly below it.
      eigenvalues += system.values.map { max(0, $0) }
      for row in stride(from: 0, to: dimension * dimension, by: dimension) {
        var (query, sum) = (0.0, 0.0)
        for i in 0..<dimension {
          query += system.vectors[row + i] * inputs[length * dimension + i]
          sum += system.vectors[row + i] * context.products[i]
        }
        products.append(query * sum)
      }
    }
    return (eigenvalues, products)
  }

  /// What a filter predicts at the query of each context, `[E, K]`.
  ///
  /// - Complexity: O(P · D · steps)
  package func predictions(of filter: SpectralFilter) -> [Double] {
    var responses = [Double](repeating: 0, count: 8 * eigenvalues.count)
    for (index, lanes) in eigenvalues.enumerated() {
      let response = filter.responses(to: lanes, inverseCounts: inverseCounts[index])
      for lane in 0..<8 { responses[8 * index + lane] = response[lane] }
    }
    return (0..<contextCount).map { context in
      var prediction = 0.0
      for place in context * dimension..<(context + 1) * dimension {
        prediction += products[place] * responses[place]
      }
      return prediction
    }
  }
}
