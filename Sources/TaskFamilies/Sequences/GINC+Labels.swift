// Dimension key
//   N  tokens of an episode that are read      k  tokens of an example
//   V  values      L  slots                    S = V·L  hidden states      C  tokens

extension GINC {
  /// Replaces the targets of the last tokens of examples by their labels.
  ///
  /// - Parameters:
  ///   - slot: where examples begin; -1 if it is not known.
  ///   - inputs: `[N]`
  ///   - targets: `[N]`
  func fillLabels(model: Int, slot: Int, _ inputs: Span<Float>, _ targets: inout [Float]) {
    let (length, count) = (settings.exampleLength, settings.exampleCount)
    for answer in stride(from: length - 2, to: count, by: length + 1) {
      targets[answer] = label(model: model, slot: slot, inputs, answer - length + 2...answer)
    }
  }

  /// The most likely token after some tokens of an example, the first of equals.
  private func label(
    model: Int, slot: Int, _ inputs: Span<Float>, _ places: ClosedRange<Int>
  ) -> Float {
    let stateCount = settings.valueCount * settings.slotCount
    var states = InlineArray<1024, Double>(repeating: 0)
    for state in 0..<stateCount {
      states[state] = slot < 0 || state % settings.slotCount == slot ? 1 : 0
    }
    var successors = InlineArray<1024, Double>(repeating: 0)
    for place in places {
      observe(Int32(inputs[place]), &states)
      for state in 0..<stateCount { successors[state] = 0 }
      for state in 0..<stateCount where states[state] > 0 {
        addSuccessors(of: state, states[state], model, to: &successors)
      }
      states = successors
    }
    var tokens = InlineArray<1024, Double>(repeating: 0)
    for state in 0..<stateCount { tokens[Int(corpus.symbols[state])] += states[state] }
    var best = 0
    for token in 0..<settings.vocabulary where tokens[token] > tokens[best] { best = token }
    return Float(best)
  }

  /// Leaves to the states that say `token` what they have, and makes their sum one.
  ///
  /// If none can be the state, it is uniform among all that say the token.
  private func observe(_ token: Int32, _ states: inout InlineArray<1024, Double>) {
    let stateCount = settings.valueCount * settings.slotCount
    var (sum, saying) = (0.0, 0.0)
    for state in 0..<stateCount where corpus.symbols[state] == token {
      sum += states[state]
      saying += 1
    }
    for state in 0..<stateCount {
      let share = sum > 0 ? states[state] / sum : 1 / saying
      states[state] = corpus.symbols[state] == token ? share : 0
    }
  }

  /// Adds the probabilities of the states after `state`, which is one with `probability`.
  private func addSuccessors(
    of state: Int, _ probability: Double, _ model: Int,
    to successors: inout InlineArray<1024, Double>
  ) {
    let (valueCount, slotCount) = (settings.valueCount, settings.slotCount)
    let values = corpus.valueTransitions.span
    let slots = corpus.slotTransitions.span
    let row = (model * slotCount + state % slotCount) * slotCount
    for value in 0..<valueCount {
      let share = probability * Double(values[state / slotCount * valueCount + value])
      if share == 0 { continue }
      for slot in 0..<slotCount {
        successors[value * slotCount + slot] += share * Double(slots[row + slot])
      }
    }
  }
}
