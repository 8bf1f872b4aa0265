import ComputeGraph
package import Episodes
import Models
package import RandomKeys
import Tensors

// Dimension key
//   E  episodes      Q  rows: tokens behind the first layer      T  columns: tokens of the prompt
//   F  width of a token      d  width of the residual stream

extension InspectedModel {
  /// Measures how much tokens behind the first layer depend on those of the prompt: whether the layer
  /// copies tokens onto their neighbours.
  ///
  /// By differentiation of the graph along random signs, which on average gives the norm of the whole
  /// Jacobian matrix. Von Oswald et al. 2022, section 4, <https://arxiv.org/abs/2212.07677>, take the
  /// gradient of the sum of a token's numbers instead, and average it over tasks before its norm.
  ///
  /// - Parameters:
  ///   - episodes: at least one, of the layout's shape.
  ///   - key: names the signs and the bootstrap resamples.
  /// - Throws: `EngineError` if a kernel fails; ``EvaluationError/nonFiniteActivation(episode:)``.
  /// - Complexity: a forward and a backward pass of one layer for every row of every episode.
  package func influence(
    on episodes: [Episode], bootstrap: Bootstrap = Bootstrap(), key: RandomKey
  ) throws -> TokenInfluence {
    let place = ActivationPlace.stream(afterLayers: 1)
    guard let stream = try activations(where: { $0 == place }).first?.shape else {
      preconditionFailure("A model has a layer.")
    }
    let session = try engine.compile(
      model.influenceProgram(on: place), parameters: parameters)
    let (rowCount, width) = (stream[0], stream[1])
    // [E, Q, T]
    var squares: [Float] = []
    for (index, episode) in episodes.enumerated() {
      let signs = key.folded(with: 0).folded(with: index).integers(rowCount * width, below: 2)
      let tokens = layout.tokens(of: [episode])
      for rows in (0..<rowCount).blocks(of: Self.copyCount) {
        // One copy of the episode for each row, whose directions are zero elsewhere.
        var directions = [Float](repeating: 0, count: rows.count * rowCount * width)
        for (copy, row) in rows.enumerated() {
          for i in 0..<width {
            directions[(copy * rowCount + row) * width + i] = Float(2 * signs[row * width + i] - 1)
          }
        }
        let copies = [[Float]](repeating: tokens, count: rows.count)
        let gradient = try session.run([Array(copies.joined()), directions])[0]
        guard gradient.allSatisfy(\.isFinite) else {
          throw EvaluationError.nonFiniteActivation(episode: index)
        }
        squares += stride(from: 0, to: gradient.count, by: layout.tokenWidth).map { start in
          gradient[start..<start + layout.tokenWidth].reduce(0) { $0 + $1 * $1 }
        }
      }
    }
    let rows = tokens(ofRows: rowCount)
    let summary = influences(
      squares, rows: rows, bootstrap: bootstrap, key: key.folded(with: 1))
    return TokenInfluence(
      episodes: episodes.count, rows: rows,
      norms: squares.means(width: rowCount * layout.tokenCount).map { $0.squareRoot() },
      related: summary.related, others: summary.others)
  }

  /// So many copies of an episode exist at a time.
  private static let copyCount = 64

  /// Averages `[E, Q, T]` squares over pairs of tokens.
  private func influences(
    _ squares: [Float], rows: [Int], bootstrap: Bootstrap, key: RandomKey
  ) -> (related: [TokenRelation: Estimate], others: Estimate?) {
    let relations = TokenRelations(layout)
    let blank = Episode(shape: layout.shape)
    let kinds: [TokenRelation] = [.itself, .previous, .partner]
    var pairs = kinds.map { kind in
      rows.enumerated().flatMap { row, query in
        relations.influencing(kind, on: query, in: blank).map { row * layout.tokenCount + $0 }
      }
    }
    let known = Set(pairs.joined())
    pairs.append(
      rows.enumerated().flatMap { row, query in
        (0..<layout.visiblePrefixes[query]).map { row * layout.tokenCount + $0 }
      }.filter { !known.contains($0) })
    let size = rows.count * layout.tokenCount
    let found = pairs.map { pairs -> Estimate? in
      guard !pairs.isEmpty else { return nil }
      let means = stride(from: 0, to: squares.count, by: size).map { start in
        Float(pairs.reduce(0.0) { $0 + Double(squares[start + $1]) } / Double(pairs.count))
      }
      return bootstrap.estimate(
        means.means(width: 1)[0].squareRoot(),
        resampled: bootstrap.resampledMeans(of: means, width: 1, key: key)
          .map { $0[0].squareRoot() })
    }
    let related = zip(kinds, found).compactMap { kind, estimate in estimate.map { (kind, $0) } }
    return (Dictionary(uniqueKeysWithValues: related), found[kinds.count])
  }
}
