package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input
//   C  labels, and prototypes      K  dimension of the space of prototypes

extension PrototypeClassification {
  /// - Complexity: O(N·D·K), without allocations.
  package func sample(_ key: RandomKey, into episode: inout Episode) {
    precondition(episode.shape == episodeShape, "An episode has the shape of its family.")
    let task = pool.taskKey(forEpisode: key)
    let order = drawTask(task, into: &episode)
    drawExamples(
      key, order, latent: episode.latent, inputs: &episode.inputs, targets: &episode.targets)
  }

  /// Where the projection begins in the latent.
  private var projectionOffset: Int { 1 + configuration.classCount }

  /// Where fresh prototypes begin in the latent.
  private var prototypeOffset: Int {
    projectionOffset + configuration.latentDimension * configuration.inputDimension
  }

  /// Draws the task into the latent.
  ///
  /// - Returns: the prototypes in random order; the task uses as many as it has classes.
  private func drawTask(
    _ task: RandomKey, into episode: inout Episode
  ) -> InlineArray<64, Int32> {
    let classCount = configuration.classCount
    let used =
      configuration.minimumClassCount
      + task.folded(with: .classCount)
      .uniformInteger(below: classCount - configuration.minimumClassCount + 1)
    var order = InlineArray<64, Int32>(repeating: 0)
    var orderSpan = order.mutableSpan
    task.folded(with: .prototypeOrder).fillPermutation(&orderSpan, count: classCount)
    var labels = InlineArray<64, Int32>(repeating: 0)
    var labelSpan = labels.mutableSpan
    task.folded(with: .labelOrder).fillPermutation(&labelSpan, count: classCount)

    var latent = episode.latent.mutableSpan
    latent[0] = Float(used)
    for place in 0..<classCount {
      latent[1 + Int(orderSpan[place])] = place < used ? Float(labelSpan[place]) : -1
    }
    task.folded(with: .projection).fillNormals(
      &latent, range: projectionOffset..<prototypeOffset,
      standardDeviation: 1 / Float(configuration.latentDimension).squareRoot())
    task.folded(with: .prototypes).fillNormals(&latent, range: prototypeOffset..<latent.count)
    return order
  }

  /// Draws the examples of the task that the latent describes.
  private func drawExamples(
    _ key: RandomKey, _ order: InlineArray<64, Int32>, latent: [Float],
    inputs: inout [Float], targets: inout [Float]
  ) {
    let width = configuration.latentDimension
    let base = prototypes ?? latent
    let baseOffset = prototypes == nil ? prototypeOffset : 0
    let baseSpan = base.span
    let orderSpan = order.span
    let latentSpan = latent.span
    var targets = targets.mutableSpan
    var inputs = inputs.mutableSpan
    key.folded(with: .labels).fillUniforms(&targets, in: 0..<latentSpan[0])
    for i in 0..<inputs.count { inputs[i] = 0 }

    var items = InlineArray<1024, Float>(repeating: 0)
    var itemSpan = items.mutableSpan
    let rows = Self.largestLatentDimension / width
    for first in stride(from: 0, to: configuration.exampleCount, by: rows) {
      let last = min(first + rows, configuration.exampleCount)
      key.folded(with: .inputs).folded(with: first).fillNormals(
        &itemSpan, range: 0..<(last - first) * width,
        standardDeviation: configuration.spread)
      for example in first..<last {
        let prototype = Int(orderSpan[Int(targets[example])])
        targets[example] = latentSpan[1 + prototype]
        let item = (example - first) * width
        for k in 0..<width { itemSpan[item + k] += baseSpan[baseOffset + prototype * width + k] }
        project(itemSpan.span, item, latentSpan, into: &inputs, example)
      }
    }
  }

  /// Adds `A · item` to the input of an example.
  private func project(
    _ items: Span<Float>, _ item: Int, _ latent: Span<Float>,
    into inputs: inout MutableSpan<Float>, _ example: Int
  ) {
    let dimension = configuration.inputDimension
    let offset = example * dimension
    precondition(offset + dimension <= inputs.count && prototypeOffset <= latent.count)
    for k in 0..<configuration.latentDimension {
      let coordinate = items[item + k]
      let row = projectionOffset + k * dimension
      // In bounds by the precondition above.
      for i in 0..<dimension {
        inputs[unchecked: offset &+ i] += coordinate * latent[unchecked: row &+ i]
      }
    }
  }
}
