package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input
//   C  labels, and prototypes      K  dimension of the space of prototypes

extension PrototypeClassification {
  // Where the parts of the latent begin.
  private var labelOffset: Int { 1 + settings.classCount }
  private var projectionOffset: Int { labelOffset + settings.classCount }
  private var prototypeOffset: Int {
    projectionOffset + settings.latentDimension * settings.inputDimension
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    let classCount = settings.classCount
    let least = settings.leastClassCount
    let used =
      least + key.folded(with: .classCount).uniformInteger(below: classCount - least + 1)
    var order = InlineArray<64, Int32>(repeating: 0)
    var orderSpan = order.mutableSpan
    key.folded(with: .prototypeOrder).fillPermutation(&orderSpan, count: classCount)
    var labels = InlineArray<64, Int32>(repeating: 0)
    var labelSpan = labels.mutableSpan
    key.folded(with: .labelOrder).fillPermutation(&labelSpan, count: classCount)
    let isBiased = key.folded(with: .labelBias).isDrawn(settings.labelBias)

    var latent = episode.latent.mutableSpan
    latent[0] = Float(used)
    for place in 0..<classCount {
      latent[1 + place] = place < used ? Float(orderSpan[place]) : -1
      let label = isBiased ? orderSpan[place] : labelSpan[place]
      latent[labelOffset + place] = place < used ? Float(label) : -1
    }
    key.folded(with: .projection).fillNormals(
      &latent, range: projectionOffset..<prototypeOffset,
      standardDeviation: 1 / Float(settings.latentDimension).squareRoot())
    key.folded(with: .prototypes).fillNormals(&latent, range: prototypeOffset..<latent.count)
  }

  /// - Complexity: O(N·D·K), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    drawExamples(
      key, latent: episode.latent, inputs: &episode.inputs, targets: &episode.targets)
  }

  private func drawExamples(
    _ key: RandomKey, latent: [Float], inputs: inout [Float], targets: inout [Float]
  ) {
    let width = settings.latentDimension
    let base = prototypes ?? latent
    let baseSpan = base.span
    let baseOffset = prototypes == nil ? prototypeOffset : 0
    let latent = latent.span
    var targets = targets.mutableSpan
    var inputs = inputs.mutableSpan
    key.folded(with: .labels).fillUniforms(&targets, in: 0..<latent[0])
    for i in 0..<inputs.count { inputs[i] = 0 }

    var items = InlineArray<1024, Float>(repeating: 0)
    var itemSpan = items.mutableSpan
    let rows = Self.largestLatentDimension / width
    for first in stride(from: 0, to: settings.exampleCount, by: rows) {
      let last = min(first + rows, settings.exampleCount)
      key.folded(with: .inputs).folded(with: first).fillNormals(
        &itemSpan, range: 0..<(last - first) * width, standardDeviation: settings.spread)
      for example in first..<last {
        let place = Int(targets[example])
        let prototype = baseOffset + Int(latent[1 + place]) * width
        targets[example] = latent[labelOffset + place]
        let item = (example - first) * width
        for k in 0..<width { itemSpan[item + k] += baseSpan[prototype + k] }
        project(itemSpan.span, item, latent, into: &inputs, example)
      }
    }
  }

  /// Nothing: the labels were drawn before the inputs.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  /// Adds `A · item` to the input of an example.
  private func project(
    _ items: Span<Float>, _ item: Int, _ latent: Span<Float>,
    into inputs: inout MutableSpan<Float>, _ example: Int
  ) {
    let dimension = settings.inputDimension
    let offset = example * dimension
    precondition(offset + dimension <= inputs.count && prototypeOffset <= latent.count)
    for k in 0..<settings.latentDimension {
      let coordinate = items[item + k]
      let row = projectionOffset + k * dimension
      // In bounds by the precondition above.
      for i in 0..<dimension {
        inputs[unchecked: offset &+ i] += coordinate * latent[unchecked: row &+ i]
      }
    }
  }
}
