package import Episodes
package import RandomKeys

// Dimension key
//   N  tokens of an episode that are read      k  tokens of an example
//   V  values      L  slots                    S = V·L  hidden states

extension GINC {
  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    let model =
      models.lowerBound + key.folded(with: 0).uniformInteger(below: models.count)
    let hasSlot = settings.form == .prompts && !settings.outOfDistribution
    let slot = hasSlot ? 1 + key.folded(with: 1).uniformInteger(below: settings.slotCount - 1) : -1
    episode.latent[0] = Float(model)
    episode.latent[1] = Float(slot)
  }

  /// Draws inputs and targets.
  ///
  /// - Complexity: O(N·(V + L)), without allocations; of prompts O(N·S·V), as labels are inferred.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    let (model, slot) = (Int(episode.latent[0]), Int(episode.latent[1]))
    switch settings.form {
    case .documents:
      fillDocument(key, model: model, &episode.inputs, &episode.targets)
    case .prompts:
      fillPrompt(key, model: model, slot: slot, &episode.inputs, &episode.targets)
      let inputs = episode.inputs
      fillLabels(model: model, slot: slot, inputs.span, &episode.targets)
    }
  }

  /// Nothing: tokens and labels have been drawn.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  private func fillDocument(
    _ key: RandomKey, model: Int, _ inputs: inout [Float], _ targets: inout [Float]
  ) {
    let states = settings.valueCount * settings.slotCount
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    fillNumbers(key, &inputs, &targets)
    let start = corpus.starts.span.choice(
      at: key.folded(with: .labels).uniform(), in: model * states..<(model + 1) * states)
    var (value, slot) = (start / settings.slotCount, start % settings.slotCount)
    for place in 0..<settings.exampleCount {
      let numbers = (slot: Double(inputs[place]), value: Double(targets[place]))
      inputs[place] = symbol(value, slot)
      slot = successor(ofSlot: slot, model, at: numbers.slot)
      value = successor(ofValue: value, at: numbers.value)
      targets[place] = symbol(value, slot)
    }
  }

  private func fillPrompt(
    _ key: RandomKey, model: Int, slot start: Int, _ inputs: inout [Float],
    _ targets: inout [Float]
  ) {
    let period = settings.exampleLength + 1
    let (valueCount, slotCount) = (Double(settings.valueCount), Double(settings.slotCount - 1))
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    fillNumbers(key, &inputs, &targets)
    let last = key.folded(with: .labels)
    let lastNumbers = (
      slot: last.folded(with: 0).uniform(), value: last.folded(with: 1).uniform()
    )
    var (value, slot) = (0, 0)
    for place in 0...settings.exampleCount {
      let isRead = place < settings.exampleCount
      let numbers =
        isRead ? (slot: Double(inputs[place]), value: Double(targets[place])) : lastNumbers
      let isFirst = place % period == 0
      if isFirst { value = Int(numbers.value * valueCount) }
      if start < 0 {
        slot = 1 + Int(numbers.slot * slotCount)
      } else if isFirst {
        slot = start
      } else if place % period < settings.exampleLength {
        slot = successor(ofSlot: slot, model, at: numbers.slot)
        value = successor(ofValue: value, at: numbers.value)
      }
      let token = place % period == settings.exampleLength ? 0 : symbol(value, slot)
      if isRead { inputs[place] = token }
      if place > 0 { targets[place - 1] = token }
    }
  }

  /// Fills both with what the choices at each place need.
  private func fillNumbers(
    _ key: RandomKey, _ slots: inout MutableSpan<Float>, _ values: inout MutableSpan<Float>
  ) {
    key.folded(with: .inputs).folded(with: 0).fillUniforms(&slots)
    key.folded(with: .inputs).folded(with: 1).fillUniforms(&values)
  }

  private func symbol(_ value: Int, _ slot: Int) -> Float {
    Float(corpus.symbols[value * settings.slotCount + slot])
  }

  private func successor(ofSlot slot: Int, _ model: Int, at number: Double) -> Int {
    let row = (model * settings.slotCount + slot) * settings.slotCount
    return corpus.slotTransitions.span.choice(at: number, in: row..<row + settings.slotCount)
  }

  private func successor(ofValue value: Int, at number: Double) -> Int {
    let row = value * settings.valueCount
    return corpus.valueTransitions.span.choice(at: number, in: row..<row + settings.valueCount)
  }
}
