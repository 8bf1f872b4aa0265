// Dimension key
//   B  episodes in a batch       N  predictions of an episode
//   T  tokens of an episode      F  width of a token
//   D  dimension of an input     C  width of a target: 1, or the number of classes or tokens

extension PromptLayout {
  /// Writes `episode` as tokens and targets.
  ///
  /// A real target is itself; a class or a token is a vector with a one at its number and zeros
  /// elsewhere.
  ///
  /// - Parameters:
  ///   - episode: of the layout's shape.
  ///   - tokens: `[T, F]`
  ///   - targets: `[N, C]`
  /// - Complexity: O(T·F)
  package func write(
    _ episode: Episode, tokens: inout MutableSpan<Float>, targets: inout MutableSpan<Float>
  ) {
    write(episode, at: 0, tokens: &tokens, targets: &targets)
  }

  /// Writes `episode` as number `index` of a batch.
  ///
  /// - Parameters:
  ///   - episode: of the layout's shape.
  ///   - index: in `0 ..< B`.
  ///   - tokens: `[B, T, F]`
  ///   - targets: `[B, N, C]`
  /// - Complexity: O(T·F)
  package func write(
    _ episode: Episode, at index: Int,
    tokens: inout MutableSpan<Float>, targets: inout MutableSpan<Float>
  ) {
    precondition(episode.shape == shape, "An episode is written in the layout of its shape.")
    let width = tokenWidth
    let start = index * tokenCount * width
    let end = start + tokenCount * width
    let targetStart = index * predictionCount * targetWidth
    precondition(
      index >= 0 && end <= tokens.count
        && targetStart + predictionCount * targetWidth <= targets.count,
      "A batch holds the episode that is written into it.")
    let inputs = episode.inputs.span
    let labels = episode.targets.span
    precondition(
      inputs.count == shape.exampleCount * shape.inputDimension
        && labels.count == shape.exampleCount, "An episode is as long as its shape says.")
    for i in start..<end { tokens[unchecked: i] = 0 }
    let predicted = predictedExamples
    for example in 0..<shape.exampleCount {
      if predicted.contains(example) {
        let place = example - predicted.lowerBound
        writeTarget(labels, example, into: &targets, at: targetStart + place * targetWidth)
      }
      switch format {
      case .interleaved:
        let offset = start + 2 * example * width
        writeInput(inputs, example, into: &tokens, at: offset)
        writeTarget(labels, example, into: &tokens, at: offset + width)
      case .paired:
        let offset = start + example * width
        writeInput(inputs, example, into: &tokens, at: offset)
        writeTarget(labels, example, into: &tokens, at: offset + shape.inputDimension)
        let query = offset + shape.exampleCount * width
        writeInput(inputs, example, into: &tokens, at: query)
        tokens[query + width - 1] = 1
      case .query:
        let offset = start + example * width
        writeInput(inputs, example, into: &tokens, at: offset)
        if example + 1 < shape.exampleCount {
          writeTarget(labels, example, into: &tokens, at: offset + shape.inputDimension)
        }
      case .shifted:
        let offset = start + example * width
        writeInput(inputs, example, into: &tokens, at: offset)
        if example > 0 {
          writeTarget(labels, example - 1, into: &tokens, at: offset + shape.inputDimension)
        }
      case .tokens:
        writeTarget(inputs, example, into: &tokens, at: start + example * width)
      }
    }
  }

  /// Copies the `[D]` numbers of an input; in bounds by what ``write`` checks.
  private func writeInput(
    _ inputs: Span<Float>, _ example: Int, into span: inout MutableSpan<Float>, at offset: Int
  ) {
    let source = example &* shape.inputDimension
    for i in 0..<shape.inputDimension {
      span[unchecked: offset &+ i] = inputs[unchecked: source &+ i]
    }
  }

  /// Writes the `[C]` numbers of a target, or of a token of a sequence; in bounds by what ``write``
  /// checks.
  private func writeTarget(
    _ targets: Span<Float>, _ example: Int, into span: inout MutableSpan<Float>, at offset: Int
  ) {
    let target = targets[unchecked: example]
    switch shape.target {
    case .real: span[unchecked: offset] = target
    case .classes(let count), .tokens(let count):
      for label in 0..<count { span[unchecked: offset &+ label] = label == Int(target) ? 1 : 0 }
    }
  }
}
