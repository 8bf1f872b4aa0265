package import Episodes
package import RandomKeys

// Dimension key
//   N  tokens of an episode that are read      C  symbols of a chain

extension MarkovChains {
  /// - Complexity: O(C²), without allocations.
  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var matrix = episode.latent.mutableSpan
    var row = InlineArray<64, Float>(repeating: 0)
    switch transitions {
    case .dirichlet:
      for symbol in 0..<symbolCount {
        fillDistribution(&row, key.folded(with: symbol))
        for next in 0..<symbolCount { matrix[symbol * symbolCount + next] = row[next] }
      }
    case .doublyStochastic:
      fillDistribution(&row, key.folded(with: 0))
      var order = InlineArray<64, Int32>(repeating: 0)
      var span = order.mutableSpan
      key.folded(with: 1).fillPermutation(&span, count: symbolCount)
      for place in 0..<symbolCount {
        for step in 0..<symbolCount {
          let next = Int(span[(place + step) % symbolCount])
          matrix[Int(span[place]) * symbolCount + next] = row[step]
        }
      }
    case .independent:
      fillDistribution(&row, key.folded(with: 0))
      for symbol in 0..<symbolCount {
        for next in 0..<symbolCount { matrix[symbol * symbolCount + next] = row[next] }
      }
    }
  }

  /// Fills the first `C` numbers of `row` with a draw from `Dirichlet(a)`.
  ///
  /// Normalised gamma variates, each the sum of `a` exponential ones.
  private func fillDistribution(_ row: inout InlineArray<64, Float>, _ key: RandomKey) {
    // Nothing is so small that a row could have no sum.
    for symbol in 0..<symbolCount { row[symbol] = 1e-30 }
    var draws = InlineArray<64, Float>(repeating: 0)
    var span = draws.mutableSpan
    for round in 0..<concentration {
      key.folded(with: round).fillExponentials(&span)
      for symbol in 0..<symbolCount { row[symbol] += span[symbol] }
    }
    var sum = 0.0
    for symbol in 0..<symbolCount { sum += Double(row[symbol]) }
    for symbol in 0..<symbolCount { row[symbol] = Float(Double(row[symbol]) / sum) }
  }

  /// Draws inputs and targets: a target is the next input.
  ///
  /// - Complexity: O(N·C + C³), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    let matrix = episode.latent
    fillChain(key, matrix.span, &episode.inputs, &episode.targets)
  }

  private func fillChain(
    _ key: RandomKey, _ matrix: Span<Float>, _ inputs: inout [Float], _ targets: inout [Float]
  ) {
    var distribution = InlineArray<64, Float>(repeating: 0)
    fillStart(&distribution, matrix)
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    var symbol = distribution.span.choice(
      at: key.folded(with: .labels).uniform(), in: 0..<symbolCount)
    key.folded(with: .inputs).fillUniforms(&targets)
    for place in 0..<exampleCount {
      inputs[place] = Float(symbol)
      let row = symbol * symbolCount
      symbol = matrix.choice(at: Double(targets[place]), in: row..<row + symbolCount)
      targets[place] = Float(symbol)
    }
  }

  /// Nothing: the chain has been drawn.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  /// The distribution of the first symbol.
  ///
  /// - Parameters:
  ///   - distribution: its first `C` numbers are set.
  ///   - matrix: `[C, C]`
  func fillStart(_ distribution: inout InlineArray<64, Float>, _ matrix: Span<Float>) {
    switch (transitions, start) {
    case (.independent, _):
      for symbol in 0..<symbolCount { distribution[symbol] = matrix[symbol] }
    case (.dirichlet, .stationary): fillStationary(&distribution, matrix)
    case (.dirichlet, .uniform), (.doublyStochastic, _):
      for symbol in 0..<symbolCount { distribution[symbol] = 1 / Float(symbolCount) }
    }
  }

  /// The stationary distribution, by elimination of one symbol after another without subtractions.
  ///
  /// Source: Grassmann, Taksar and Heyman 1985, <https://doi.org/10.1287/opre.33.5.1107>.
  private func fillStationary(
    _ distribution: inout InlineArray<64, Float>, _ matrix: Span<Float>
  ) {
    let count = symbolCount
    var reduced = InlineArray<4096, Double>(repeating: 0)
    for i in 0..<count * count { reduced[i] = Double(matrix[i]) }
    for last in (1..<count).reversed() {
      var leaving = 0.0
      for i in 0..<last { leaving += reduced[last * count + i] }
      for i in 0..<last { reduced[i * count + last] /= leaving }
      for i in 0..<last {
        let share = reduced[i * count + last]
        for j in 0..<last { reduced[i * count + j] += share * reduced[last * count + j] }
      }
    }
    var weights = InlineArray<64, Double>(repeating: 0)
    weights[0] = 1
    var total = 1.0
    for symbol in 1..<count {
      for i in 0..<symbol { weights[symbol] += weights[i] * reduced[i * count + symbol] }
      total += weights[symbol]
    }
    for symbol in 0..<count { distribution[symbol] = Float(weights[symbol] / total) }
  }
}
