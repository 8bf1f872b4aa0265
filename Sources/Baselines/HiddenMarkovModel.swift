// Dimension key
//   S  hidden states      C  tokens that there are

/// A Markov chain of hidden states, each of which says a token.
package struct HiddenMarkovModel: Sendable {
  /// `[S]`: the probability of each state at the first token.
  package let initial: [Double]
  /// `[S, S]`: the probability of each state (column) after each state (row).
  package let transition: [Double]
  /// `[S, C]`: the probability of each token in each state.
  package let emission: [Double]
  /// `C`
  package let tokenCount: Int

  /// - Parameters:
  ///   - initial: `[S]`, sums to one.
  ///   - transition: `[S, S]`, rows sum to one.
  ///   - emission: `[S, C]`, rows sum to one.
  package init(initial: [Double], transition: [Double], emission: [Double]) {
    let states = initial.count
    precondition(
      states > 0 && transition.count == states * states && emission.count % states == 0
        && !emission.isEmpty, "The arrays of a hidden Markov model fit together.")
    self.initial = initial
    self.transition = transition
    self.emission = emission
    tokenCount = emission.count / states
    precondition(
      Self.isStochastic(initial, width: states) && Self.isStochastic(transition, width: states)
        && Self.isStochastic(emission, width: tokenCount),
      "The rows of a hidden Markov model are distributions.")
  }

  /// `S`
  package var stateCount: Int { initial.count }

  /// Whether rows are distributions, but for the rounding of numbers of single precision.
  private static func isStochastic(_ rows: [Double], width: Int) -> Bool {
    stride(from: 0, to: rows.count, by: width).allSatisfy { start in
      let row = rows[start..<start + width]
      return row.allSatisfy { $0 >= 0 } && abs(row.reduce(0, +) - 1) < 1e-5
    }
  }
}
