package import Baselines
import RandomKeys

// Dimension key
//   M  models      V  values      L  slots      S = V·L  hidden states      C  tokens

/// The hidden Markov models of ``GINC``, as a seed names them.
package struct GINCCorpus: Sendable {
  let valueCount: Int
  let slotCount: Int
  let vocabulary: Int
  /// `[V, L]`: the token of each value at each slot; the first slot has the delimiter, token 0.
  package let symbols: [Int32]
  /// `[M, L, L]`
  package let slotTransitions: [Float]
  /// `[V, V]`, the same for all models.
  package let valueTransitions: [Float]
  /// `[M, S]`, states being numbered `value · L + slot`.
  package let starts: [Float]

  /// What is drawn, each from a key of its own.
  private enum Stream: UInt64 {
    case symbols
    case values
    case slots
    case starts
  }

  init(_ settings: GINCSettings) {
    // Apart from the streams that others fold out of the same seed: "GINC" in ASCII.
    let key = RandomKey(seed: UInt64(settings.corpusSeed)).folded(with: 0x4749_4E43 as UInt64)
    let (values, slots) = (settings.valueCount, settings.slotCount)
    valueCount = values
    slotCount = slots
    vocabulary = settings.vocabulary
    symbols = key.folded(with: Stream.symbols.rawValue)
      .integers(values * slots, below: vocabulary - 1).enumerated()
      .map { $0 % slots == 0 ? 0 : $1 + 1 }
    let weight = Double(settings.identityWeight)
    valueTransitions = Self.mixture(of: values, key.folded(with: Stream.values.rawValue))
      .enumerated().map { index, probability in
        let stays = index % (values + 1) == 0 ? weight : 0
        return Float((1 - weight) * probability + stays)
      }
    slotTransitions = (0..<settings.modelCount).flatMap { model in
      Self.mixture(of: slots, key.folded(with: Stream.slots.rawValue).folded(with: model))
        .map { Float($0) }
    }
    starts = (0..<settings.modelCount).flatMap { model in
      Self.softmax(
        key.folded(with: Stream.starts.rawValue).folded(with: model)
          .uniforms(values * slots, in: -0.5..<0.5), temperature: 10
      ).map { Float($0) }
    }
  }

  /// `count` random permutation matrices of as many rows, mixed with random weights.
  ///
  /// - Returns: `[count, count]`
  private static func mixture(of count: Int, _ key: RandomKey) -> [Double] {
    let weights = softmax(
      key.folded(with: 0).uniforms(count, in: -0.5..<0.5), temperature: 0.1)
    var matrix = [Double](repeating: 0, count: count * count)
    for (index, weight) in weights.enumerated() {
      let order = key.folded(with: index + 1).permutation(count)
      for (row, column) in order.enumerated() { matrix[row * count + Int(column)] += weight }
    }
    return matrix
  }

  /// `exp(xᵢ / temperature)`, normalised, with the same bits in every build.
  private static func softmax(_ numbers: [Float], temperature: Double) -> [Double] {
    let greatest = Double(numbers.reduce(-.infinity, max))
    let exponentials = numbers.map { exponential((Double($0) - greatest) / temperature) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  /// `exp(x)` for `-16 ≤ x ≤ 0`, relative error below 10⁻¹².
  ///
  /// Taylor's series for a 256th of `x`, squared eight times, of plain operations only.
  private static func exponential(_ x: Double) -> Double {
    let small = x / 256
    var series = 1.0
    for term in (1...10).reversed() { series = 1 + small / Double(term) * series }
    for _ in 0..<8 { series *= series }
    return series
  }

  /// A model of the corpus.
  ///
  /// - Parameters:
  ///   - index: in `0 ..< M`.
  ///   - slots: where the model begins, with all values alike; as the corpus says if nil.
  package func model(_ index: Int, beginningIn slots: Range<Int>? = nil) -> HiddenMarkovModel {
    let states = valueCount * slotCount
    var transition = [Double](repeating: 0, count: states * states)
    for state in 0..<states {
      for next in 0..<states {
        transition[state * states + next] = probability(of: next, after: state, model: index)
      }
    }
    var emission = [Double](repeating: 0, count: states * vocabulary)
    for state in 0..<states { emission[state * vocabulary + Int(symbols[state])] = 1 }
    let initial = (0..<states).map { state in
      guard let slots else { return Double(starts[index * states + state]) }
      return slots.contains(state % slotCount) ? 1 / Double(slots.count * valueCount) : 0
    }
    return HiddenMarkovModel(initial: initial, transition: transition, emission: emission)
  }

  /// The probability of a hidden state after another: value and slot go their ways alone.
  func probability(of next: Int, after state: Int, model: Int) -> Double {
    let value = state / slotCount * valueCount + next / slotCount
    let slot = (model * slotCount + state % slotCount) * slotCount + next % slotCount
    return Double(valueTransitions[value]) * Double(slotTransitions[slot])
  }
}
