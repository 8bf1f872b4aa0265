package import Episodes

// Dimension key
//   E  episodes      K  context lengths      P  contexts with a query each, E · K
//   D  dimension of an input

/// Contexts in the coordinates of their eigenvectors, in which any ``SpectralFilter`` predicts in a few
/// operations, so that its constants can be searched.
package struct SpectralContexts: Sendable {
  private let dimension: Int
  /// How many examples each context has, `[P]`.
  private let exampleCounts: [Double]
  /// `λ` of `Σ xᵢ xᵢᵀ`, `[P, D]`.
  private let eigenvalues: [Double]
  /// `(x · v)(v · Σ yᵢ xᵢ)`, `[P, D]`.
  private let products: [Double]

  /// - Parameters:
  ///   - episodes: `E`, with real targets; the query after `k` examples is the input of example `k`.
  ///   - contextLengths: `K` of them, ascending.
  /// - Complexity: O(E · K · D³)
  package init(of episodes: [Episode], contextLengths: [Int]) {
    let parts = concurrentMap(count: episodes.count) { index in
      Self.coordinates(of: episodes[index], contextLengths)
    }
    dimension = episodes.first?.shape.inputDimension ?? 0
    exampleCounts = episodes.flatMap { _ in contextLengths.map { Double($0) } }
    eigenvalues = parts.flatMap(\.eigenvalues)
    products = parts.flatMap(\.products)
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
    var predictions: [Double] = []
    predictions.reserveCapacity(exampleCounts.count)
    for (index, exampleCount) in exampleCounts.enumerated() {
      var prediction = 0.0
      for place in index * dimension..<(index + 1) * dimension where products[place] != 0 {
        prediction +=
          products[place]
          * filter.response(to: eigenvalues[place], exampleCount: exampleCount)
      }
      predictions.append(prediction)
    }
    return predictions
  }

  /// The mean of the eigenvalues over directions, for one example: the mean square of a coordinate.
  package var meanSquareInput: Double {
    let examples = exampleCounts.reduce(0, +) * Double(dimension)
    return examples > 0 ? eigenvalues.reduce(0, +) / examples : 1
  }

  /// The mean over contexts of the largest eigenvalue; 1 without contexts.
  package var meanLargestEigenvalue: Double {
    guard !exampleCounts.isEmpty else { return 1 }
    var sum = 0.0
    for index in exampleCounts.indices { sum += eigenvalues[(index + 1) * dimension - 1] }
    return sum / Double(exampleCounts.count)
  }
}
