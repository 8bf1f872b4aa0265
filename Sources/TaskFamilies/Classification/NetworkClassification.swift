package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  classes
//   H  nodes of a hidden layer     G  greatest number of hidden layers

/// Random networks label inputs: the class is that of the greatest output.
///
/// One task is a network of some hidden layers, their number uniform in `minimumHiddenLayerCount ...
/// hiddenLayerCount`, with `H` nodes each and `C` outputs. Weights are `N(0, weightScale² / n)` for `n`
/// numbers that come in, biases `N(0, biasScale²)`. An example is `x ~ N(0, I)`, or `U(-1, 1)`, with class
/// `argmax` of the outputs. If `centered`, outputs are less their means over 32 inputs that the task
/// draws for it, so that classes are about equally frequent; else some networks use few of them.
///
/// The latent holds the number of hidden layers; then for each of `G` layers, and for the outputs, the
/// biases and the matrix `[in, out]` below them, zeros for layers that are not there.
///
/// Source: the prior over neural networks of Müller et al. 2021, <https://arxiv.org/abs/2112.10510>;
/// numbers and centring are ours.
package struct NetworkClassification: TaskFamily, FamilySettings {
  /// The largest `C`: outputs are on the stack.
  package static let largestClassCount = 64
  /// The largest `H`, and `D`: layers are on the stack.
  package static let largestWidth = 256

  package static let kind = FamilyKind.networkClassification
  package static let description = FamilyDescription(
    "The class is the greatest output of a random network.",
    source: "Müller et al. 2021", link: "https://arxiv.org/abs/2112.10510",
    oracle: "none is known; logisticRegression, the strongest at hand")

  /// `D`
  package var dimension = 8
  /// `C`
  package var classCount = 4
  /// `N`
  package var exampleCount = 32
  package var hiddenLayerCount = 2
  /// As many as `hiddenLayerCount` if nil.
  package var minimumHiddenLayerCount: Int?
  /// `H`
  package var width = 32
  package var function = NodeFunction.tanh
  package var weightScale: Float = 2
  package var biasScale: Float = 0.5
  package var centered = true
  package var inputs = InputDistribution.gaussian

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...largestWidth, "dimension of an input"),
    Setting("classCount", \.classCount, in: 2...largestClassCount, "classes"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting(
      "hiddenLayerCount", \.hiddenLayerCount, in: 1...16, "greatest number of hidden layers"),
    Setting(
      "minimumHiddenLayerCount", optional: \.minimumHiddenLayerCount, in: 1...16,
      "least number of hidden layers; always the greatest if null"),
    Setting("width", \.width, in: 1...largestWidth, "nodes of a hidden layer"),
    Setting("function", choice: \.function, "what hidden nodes make of their sums"),
    Setting(
      "weightScale", \.weightScale, in: 1e-3...1e3,
      "standard deviation of weights, over the root of how many come in"),
    Setting("biasScale", \.biasScale, in: 0...1e3, "standard deviation of biases"),
    Setting(
      "centered", flag: \.centered,
      "whether outputs are centred, so that classes are about equally frequent"),
    Setting(
      "inputs", choice: \.inputs,
      "distribution of every coordinate of an input, N(0, 1) or U(-1, 1)"),
  ]

  package init() {}

  package func check() throws(SettingProblem) {
    guard leastHiddenLayerCount <= hiddenLayerCount else {
      throw SettingProblem(
        "minimumHiddenLayerCount", "\(leastHiddenLayerCount) layers of only \(hiddenLayerCount)")
    }
  }

  private var leastHiddenLayerCount: Int { minimumHiddenLayerCount ?? hiddenLayerCount }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(classCount),
      latentCount: outputOffset + (1 + width) * classCount)
  }

  /// Where the biases of a hidden layer begin in the latent.
  private func offset(of layer: Int) -> Int {
    layer == 0 ? 1 : 1 + (1 + dimension) * width + (layer - 1) * (1 + width) * width
  }

  private var outputOffset: Int { offset(of: hiddenLayerCount) }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    for i in 0..<latent.count { latent[unchecked: i] = 0 }
    let least = leastHiddenLayerCount
    let count = least + key.folded(with: 0).uniformInteger(below: hiddenLayerCount - least + 1)
    latent[0] = Float(count)
    for layer in 0..<count {
      drawLayer(
        key.folded(with: 1 + layer), at: offset(of: layer), layer == 0 ? dimension : width, width,
        into: &latent)
    }
    // Folded with what no layer is.
    drawLayer(key.folded(with: -1), at: outputOffset, width, classCount, into: &latent)
    if centered { center(key.folded(with: -2), &latent) }
  }

  private func drawLayer(
    _ key: RandomKey, at offset: Int, _ inputCount: Int, _ outputCount: Int,
    into latent: inout MutableSpan<Float>
  ) {
    let matrix = offset + outputCount
    key.folded(with: 0).fillNormals(
      &latent, range: offset..<matrix, standardDeviation: biasScale)
    key.folded(with: 1).fillNormals(
      &latent, range: matrix..<matrix + inputCount * outputCount,
      standardDeviation: weightScale / Float(inputCount).squareRoot())
  }

  /// Takes the means of the outputs from their biases.
  private func center(_ key: RandomKey, _ latent: inout MutableSpan<Float>) {
    let probeCount = 32
    var room = NetworkRoom()
    var means = InlineArray<64, Float>(repeating: 0)
    var inputRows = InlineArray<256, Float>(repeating: 0)
    var rows = inputRows.mutableSpan
    let rowCount = Self.largestWidth / dimension
    for probe in 0..<probeCount {
      if probe % rowCount == 0 { inputs.fill(&rows, scale: 1, key.folded(with: probe)) }
      room.setRow(
        probe % 4, to: rows.span, from: probe % rowCount * dimension, dimension, rowStride)
      guard probe % 4 == 3 else { continue }
      writeOutputs(latent.span, &room)
      for row in 0..<4 {
        for label in 0..<classCount { means[label] += room.outputs[row * outputStride + label] }
      }
    }
    for label in 0..<classCount {
      latent[outputOffset + label] -= means[label] / Float(probeCount)
    }
  }

  /// From one row of numbers that come into a layer to the next.
  private var rowStride: Int { (max(dimension, width) + 15) / 16 * 16 }
  /// From the outputs for one input to the next.
  private var outputStride: Int { (classCount + 15) / 16 * 16 }

  /// Writes the outputs of the network for the four inputs in the room.
  ///
  /// - Complexity: O(D·H + G·H² + H·C)
  private func writeOutputs(_ latent: Span<Float>, _ room: inout NetworkRoom) {
    let stride = rowStride
    var incoming = room.incoming.mutableSpan
    var sums = room.sums.mutableSpan
    var outputs = room.outputs.mutableSpan
    for layer in 0..<Int(latent[0]) {
      sums.setFourAffine(
        stride: stride, width, of: incoming.span, stride: stride, layer == 0 ? dimension : width,
        latent, from: offset(of: layer))
      function.apply(to: &sums, first: 4 * stride)
      for i in 0..<4 * stride { incoming[i] = sums[i] }
    }
    outputs.setFourAffine(
      stride: outputStride, classCount, of: incoming.span, stride: stride, width, latent,
      from: outputOffset)
  }

  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    var span = episode.inputs.mutableSpan
    inputs.fill(&span, scale: 1, key.folded(with: .inputs))
  }

  /// Four examples at a time; where fewer are left, the last one again.
  ///
  /// - Complexity: O(N·(D·H + G·H² + H·C)), without allocations.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (latent, inputs) = (episode.latent, episode.inputs)
    var targets = episode.targets.mutableSpan
    var room = NetworkRoom()
    let last = targets.count - 1
    for first in stride(from: 0, through: last, by: 4) {
      for row in 0..<4 {
        room.setRow(
          row, to: inputs.span, from: min(first + row, last) * dimension, dimension, rowStride)
      }
      writeOutputs(latent.span, &room)
      for row in 0..<min(4, last - first + 1) {
        let outputs = row * outputStride
        var greatest = 0
        for label in 1..<classCount
        where room.outputs[outputs + label] > room.outputs[outputs + greatest] { greatest = label }
        targets[first + row] = Float(greatest)
      }
    }
  }

  /// The strongest known learner.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    LogisticRegression()
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(3), NearestCentroid(), TwoLayerNetwork()]
  }
}
