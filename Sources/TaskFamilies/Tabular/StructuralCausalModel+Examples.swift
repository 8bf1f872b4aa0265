package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode     D  greatest number of features     R  greatest number of causes
//   L  greatest number of layers  H  nodes of a layer

/// Room for the nodes of one example, `[R + L H]` at its front.
typealias NodeRow = InlineArray<576, Float>

extension StructuralCausalModel {
  /// - Complexity: O(N·(R·H + L·H²)), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    drawExamples(
      key, latent: episode.latent, inputs: &episode.inputs, targets: &episode.targets)
  }

  /// Nothing: targets are nodes of the same graph as inputs, and were drawn with them.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  private func drawExamples(
    _ key: RandomKey, latent: [Float], inputs: inout [Float], targets: inout [Float]
  ) {
    let layout = layout
    let latent = latent.span
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    var row = NodeRow(repeating: 0)
    var nodes = row.mutableSpan
    let featureCount = Int(latent[layout.featureCount])
    let key = (inputs: key.folded(with: .inputs), missing: key.folded(with: .noise))
    for example in 0..<exampleCount {
      drawNodes(key.inputs.folded(with: example), latent, into: &nodes)
      for feature in 0..<dimension {
        let column = layout.features + feature * layout.featureStride
        inputs[example * dimension + feature] =
          feature < featureCount
          ? value(of: column, categoryCount, latent, nodes.span) : 0
      }
      if missingShare > 0 {
        dropValues(key.missing.folded(with: example), example, from: &inputs)
      }
      targets[example] = value(of: layout.target, classCount, latent, nodes.span)
    }
  }

  /// Sets a share of the features of an example to zero.
  private func dropValues(
    _ key: RandomKey, _ example: Int, from inputs: inout MutableSpan<Float>
  ) {
    var chances = InlineArray<64, Float>(repeating: 0)
    var chance = chances.mutableSpan
    key.fillUniforms(&chance)
    for feature in 0..<dimension where chance[feature] < missingShare {
      inputs[example * dimension + feature] = 0
    }
  }

  /// Draws the nodes of one example.
  ///
  /// - Complexity: O(R·H + L·H²)
  func drawNodes(
    _ key: RandomKey, _ latent: Span<Float>, into nodes: inout MutableSpan<Float>
  ) {
    let layout = layout
    let usedCauses = Int(latent[layout.causeCount])
    let usedLayers = Int(latent[layout.layerCount])
    let noise = latent[layout.noise]
    key.folded(with: 0).fillNormals(&nodes, range: 0..<causeCount + usedLayers * width)
    var incoming = InlineArray<64, Float>(repeating: 0)
    var before = incoming.mutableSpan
    if latent[layout.uniformCauses] == 1 {
      let limit = Float(3).squareRoot()
      key.folded(with: 1).fillUniforms(&before, in: -limit..<limit)
      for i in 0..<usedCauses { nodes[i] = before[i] }
    } else {
      for i in 0..<usedCauses { before[i] = nodes[i] }
    }
    for layer in 0..<usedLayers {
      let first = causeCount + layer * width
      let deviation = layer == 0 ? 0 : noise
      for i in first..<first + width { nodes[i] *= deviation }
      nodes.addAffine(
        at: first, width, of: before.span, layer == 0 ? usedCauses : width, latent,
        from: layout.matrix(of: layer))
      guard layer + 1 < usedLayers else { break }
      for i in 0..<width { before[i] = nodes[first + i] }
      NodeFunction.allCases[Int(latent[layout.functions + layer])].apply(to: &before, first: width)
    }
  }

  /// What the column at `offset` shows of an example.
  ///
  /// - Parameter pieceCount: into how many pieces the column may be cut.
  @inline(__always)
  private func value(
    of offset: Int, _ pieceCount: Int, _ latent: Span<Float>, _ nodes: Span<Float>
  ) -> Float {
    let number = nodes[Int(latent[offset + CausalLayout.node])]
    let used = Int(latent[offset + CausalLayout.pieceCount])
    guard used > 0 else {
      return (number - latent[offset + CausalLayout.mean])
        * latent[offset + CausalLayout.inverseDeviation]
    }
    let cuts = offset + CausalLayout.cuts
    var piece = 0
    for cut in 0..<used - 1 where number > latent[cuts + cut] { piece += 1 }
    return latent[cuts + pieceCount - 1 + piece]
  }
}
