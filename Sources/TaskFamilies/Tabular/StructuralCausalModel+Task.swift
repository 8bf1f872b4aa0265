package import Episodes
package import RandomKeys

// Dimension key
//   D  greatest number of features     R  greatest number of causes   P  examples of the probe
//   L  greatest number of layers       H  nodes of a layer

/// What a task of ``StructuralCausalModel`` draws, each from a key of its own.
private enum CausalStream: Int {
  case extents
  case matrices
  case nodes
  case candidates
  case probe
  case columns
}

extension RandomKey {
  fileprivate func folded(with stream: CausalStream) -> RandomKey {
    folded(with: stream.rawValue)
  }
}

extension StructuralCausalModel {
  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    for i in 0..<latent.count { latent[unchecked: i] = 0 }
    let keep = drawExtents(key.folded(with: .extents), into: &latent)
    for layer in 0..<Int(latent[layout.layerCount]) {
      drawMatrix(key.folded(with: .matrices).folded(with: layer), layer, keep, into: &latent)
    }
    var candidates = InlineArray<4, Int>(repeating: 0)
    drawNodesOfColumns(key, &candidates, into: &latent)
    var probe = CausalProbe(
      self, key.folded(with: .probe), latent.span, candidates: candidates)
    // The last candidate stays if none varies by more than its noise.
    var chosen = 0
    let noise = Double(latent[layout.noise])
    while chosen < Self.candidateCount - 1,
      probe.variance(of: chosen) <= 4 * noise * noise + 1e-4
    {
      chosen += 1
    }
    latent[layout.target + CausalLayout.node] = Float(candidates[chosen])
    let key = key.folded(with: .columns)
    for feature in 0..<Int(latent[layout.featureCount]) {
      drawColumn(
        key.folded(with: feature), feature: feature, Self.candidateCount + feature, &probe,
        into: &latent)
    }
    drawColumn(key.folded(with: -1), feature: nil, chosen, &probe, into: &latent)
  }

  /// Draws how large the model is and what its layers do, and returns the probability of an edge.
  private func drawExtents(_ key: RandomKey, into latent: inout MutableSpan<Float>) -> Float {
    var chances = InlineArray<16, Float>(repeating: 0)
    var chance = chances.mutableSpan
    key.folded(with: 0).fillUniforms(&chance)
    func number(_ range: ClosedRange<Int>, _ chance: Float) -> Float {
      Float(range.lowerBound + min(range.count - 1, Int(chance * Float(range.count))))
    }
    latent[layout.featureCount] = number(minimumFeatureCount...dimension, chance[0])
    latent[layout.classCount] =
      target == .regression ? 0 : number(minimumClassCount...classCount, chance[1])
    latent[layout.causeCount] = number(1...causeCount, chance[2])
    latent[layout.layerCount] = number(2...layerCount, chance[3])
    latent[layout.noise] = noise * chance[4]
    latent[layout.uniformCauses] = chance[5] < 0.5 ? 0 : 1
    for layer in 0..<layerCount {
      latent[layout.functions + layer] = number(
        0...NodeFunction.allCases.count - 1, chance[8 + layer])
    }
    return edgeShare + (1 - edgeShare) * chance[6]
  }

  /// Draws biases and weights of the sums of a layer, of which a share `keep` is there.
  private func drawMatrix(
    _ key: RandomKey, _ layer: Int, _ keep: Float, into latent: inout MutableSpan<Float>
  ) {
    let inputCount = layer == 0 ? Int(latent[layout.causeCount]) : width
    let start = layout.matrix(of: layer)
    let weights = start + width
    key.folded(with: 0).fillNormals(
      &latent, range: start..<weights, standardDeviation: 0.5)
    key.folded(with: 1).fillNormals(
      &latent, range: weights..<weights + inputCount * width,
      standardDeviation: 1 / (keep * Float(inputCount)).squareRoot())
    guard keep < 1 else { return }
    var chances = InlineArray<64, Float>(repeating: 0)
    var chance = chances.mutableSpan
    let key = key.folded(with: 2)
    for edge in 0..<inputCount * width {
      if edge % 64 == 0 { key.folded(with: edge).fillUniforms(&chance) }
      if chance[edge % 64] >= keep { latent[weights + edge] = 0 }
    }
  }

  /// Draws which nodes are candidates for the target, and which of the others are features.
  private func drawNodesOfColumns(
    _ key: RandomKey, _ candidates: inout InlineArray<4, Int>,
    into latent: inout MutableSpan<Float>
  ) {
    let usedCauses = Int(latent[layout.causeCount])
    let usedLayers = Int(latent[layout.layerCount])
    for index in 0..<Self.candidateCount {
      let key = key.folded(with: .candidates).folded(with: index)
      let layer =
        key.folded(with: 0).uniformInteger(below: 2) == 0
        ? usedLayers - 1 : key.folded(with: 1).uniformInteger(below: usedLayers)
      candidates[index] =
        causeCount + layer * width + key.folded(with: 2).uniformInteger(below: width)
    }
    var order = InlineArray<576, Int32>(repeating: 0)
    var places = order.mutableSpan
    key.folded(with: .nodes).fillPermutation(&places, count: usedCauses + usedLayers * width)
    var next = 0
    for feature in 0..<Int(latent[layout.featureCount]) {
      var node: Int
      repeat {
        let place = Int(places[next])
        node = place < usedCauses ? place : causeCount + place - usedCauses
        next += 1
      } while candidates.span.contains(node)
      latent[layout.features + feature * layout.featureStride + CausalLayout.node] = Float(node)
    }
  }

  /// Draws how a column is standardised, and how it is cut if it is.
  ///
  /// - Parameters:
  ///   - feature: nil for the target.
  ///   - index: of the column in the probe.
  private func drawColumn(
    _ key: RandomKey, feature: Int?, _ index: Int, _ probe: inout CausalProbe,
    into latent: inout MutableSpan<Float>
  ) {
    let (offset, mostPieces) =
      feature.map { (layout.features + $0 * layout.featureStride, categoryCount) }
      ?? (layout.target, classCount)
    let deviation = probe.variance(of: index).squareRoot()
    latent[offset + CausalLayout.mean] = Float(probe.mean(of: index))
    latent[offset + CausalLayout.inverseDeviation] = Float(deviation > 1e-3 ? 1 / deviation : 0)
    var chances = InlineArray<2, Float>(repeating: 0)
    var chance = chances.mutableSpan
    key.folded(with: 0).fillUniforms(&chance)
    let pieces =
      feature == nil
      ? Int(latent[layout.classCount])
      : chance[0] < categoricalShare
        ? 2 + min(categoryCount - 2, Int(chance[1] * Float(categoryCount - 1))) : 0
    latent[offset + CausalLayout.pieceCount] = Float(pieces)
    guard pieces > 0 else { return }
    let cuts = offset + CausalLayout.cuts
    let values = cuts + mostPieces - 1
    probe.cut(index, into: pieces, key.folded(with: 1), at: cuts, &latent)
    var order = InlineArray<16, Int32>(repeating: 0)
    var numbers = order.mutableSpan
    key.folded(with: 2).fillPermutation(&numbers, count: pieces)
    for piece in 0..<pieces { latent[values + piece] = Float(numbers[piece]) }
    if feature != nil { probe.standardize(index, pieces, cuts: cuts, values: values, &latent) }
  }
}

extension Span<Int> {
  fileprivate func contains(_ number: Int) -> Bool {
    for i in 0..<count where self[i] == number { return true }
    return false
  }
}
