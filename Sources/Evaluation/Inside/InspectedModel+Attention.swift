package import Episodes
import Models
package import RandomKeys
import Tensors

extension InspectedModel {
  /// Averages over episodes where each head attends to.
  ///
  /// - Parameters:
  ///   - episodes: at least one, of the layout's shape.
  ///   - key: names the bootstrap resamples.
  /// - Throws: ``EvaluationError/nonFiniteActivation(episode:)``; `EngineError` if a kernel fails.
  package func attention(
    on episodes: [Episode], bootstrap: Bootstrap = Bootstrap(), key: RandomKey
  ) throws -> AttentionSurvey {
    let places = try activations { if case .attentionWeights = $0 { true } else { false } }
    var tallies = places.map { _, shape in
      AttentionTally(headCount: shape[0], queries: tokens(ofRows: shape[1]), keyCount: shape[2])
    }
    let all = TokenRelation.allCases
    let relations = TokenRelations(layout)
    try read(places.map(\.place), of: episodes) { block, activations in
      for (place, index) in block.enumerated() {
        let keys = all.map { relation in
          (0..<layout.tokenCount).map { relations.keys(relation, of: $0, in: episodes[index]) }
        }
        for layer in tallies.indices {
          let count = places[layer].shape.count
          tallies[layer].add(
            activations[layer][place * count..<(place + 1) * count], keys: keys,
            visiblePrefixes: layout.visiblePrefixes)
        }
      }
    }
    return AttentionSurvey(
      episodes: episodes.count,
      relations: all.indices.filter { relation in tallies.contains { $0.occurs(relation) } }
        .map { all[$0] },
      layers: tallies.enumerated().map { layer, tally in
        tally.layer(all, bootstrap: bootstrap, key: key.folded(with: layer))
      })
  }
}
