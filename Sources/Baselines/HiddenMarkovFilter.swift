// Dimension key
//   M  models      S  hidden states of a model      C  tokens that there are

/// What a ``HiddenMarkovPosterior`` knows after some tokens.
struct HiddenMarkovFilter {
  private let stateCount: Int
  private let tokenCount: Int
  /// `[M]`: the posterior of the models, which sums to one.
  private var weights: [Double]
  /// `[M]`: the probability that each model gives to a token.
  private var likelihoods: [Double]
  /// `[M, S]`: of each model, the distribution of the state at the next token, or at the last one
  /// once that has been observed.
  private var states: [Double]
  /// `[S]`
  private var successors: [Double]

  /// Before the first token.
  init(_ posterior: HiddenMarkovPosterior) {
    stateCount = posterior.models[0].stateCount
    tokenCount = posterior.models[0].tokenCount
    weights = posterior.prior
    likelihoods = weights
    states = posterior.models.flatMap(\.initial)
    successors = [Double](repeating: 0, count: stateCount)
  }

  /// Takes the next token into account.
  mutating func observe(_ token: Int, _ models: [HiddenMarkovModel]) {
    precondition(token >= 0 && token < tokenCount, "A token is one of those that models say.")
    if evidence(of: token, models) == 0 {
      for i in states.indices { states[i] = 1 / Double(stateCount) }
      guard evidence(of: token, models) > 0 else { return }
    }
    var total = 0.0
    for model in weights.indices {
      weights[model] *= likelihoods[model]
      total += weights[model]
    }
    for model in weights.indices { weights[model] /= total }
    let (stateCount, tokenCount) = (stateCount, tokenCount)
    for (model, parameters) in models.enumerated() where weights[model] > 0 {
      let emission = parameters.emission.span
      let start = model * stateCount
      let scale = 1 / likelihoods[model]
      var states = states.mutableSpan
      precondition(
        start + stateCount <= states.count && stateCount * tokenCount <= emission.count)
      for state in 0..<stateCount {
        states[unchecked: start &+ state] *=
          scale * emission[unchecked: state &* tokenCount &+ token]
      }
    }
  }

  /// The probability of `token` under all models, kept for each.
  private mutating func evidence(of token: Int, _ models: [HiddenMarkovModel]) -> Double {
    var evidence = 0.0
    for (model, parameters) in models.enumerated() {
      likelihoods[model] = weights[model] > 0 ? likelihood(of: token, model, parameters) : 0
      evidence += weights[model] * likelihoods[model]
    }
    return evidence
  }

  /// The probability of `token` under one model.
  private func likelihood(of token: Int, _ model: Int, _ parameters: HiddenMarkovModel) -> Double {
    let states = states.span
    let emission = parameters.emission.span
    let start = model * stateCount
    precondition(
      start + stateCount <= states.count && stateCount * tokenCount <= emission.count)
    var sum = 0.0
    for state in 0..<stateCount {
      sum +=
        states[unchecked: start &+ state] * emission[unchecked: state &* tokenCount &+ token]
    }
    return sum
  }

  /// Moves on to the state of the next token.
  mutating func advance(_ models: [HiddenMarkovModel]) {
    for (model, parameters) in models.enumerated() where weights[model] > 0 {
      Self.advance(&states, at: model * stateCount, parameters, &successors)
    }
  }

  /// Multiplies the `[S]` probabilities at `start` by the transitions of their model.
  ///
  /// - Parameter successors: `[S]`, overwritten.
  private static func advance(
    _ states: inout [Double], at start: Int, _ model: HiddenMarkovModel,
    _ successors: inout [Double]
  ) {
    let stateCount = successors.count
    let transition = model.transition.span
    var states = states.mutableSpan
    var successors = successors.mutableSpan
    precondition(
      start >= 0 && start + stateCount <= states.count
        && stateCount * stateCount <= transition.count)
    for state in 0..<stateCount { successors[unchecked: state] = 0 }
    for state in 0..<stateCount {
      let probability = states[unchecked: start &+ state]
      // A token excludes most states.
      if probability == 0 { continue }
      let row = state &* stateCount
      for next in 0..<stateCount {
        successors[unchecked: next] += probability * transition[unchecked: row &+ next]
      }
    }
    for state in 0..<stateCount {
      states[unchecked: start &+ state] = successors[unchecked: state]
    }
  }

  /// Moves on to an initial state.
  mutating func restart(_ models: [HiddenMarkovModel]) {
    for (model, parameters) in models.enumerated() {
      for state in 0..<stateCount {
        states[model * stateCount + state] = parameters.initial[state]
      }
    }
  }

  /// Adds the probabilities of the next token.
  ///
  /// - Parameter probabilities: `[C]` at `offset`.
  func addProbabilities(
    _ models: [HiddenMarkovModel], to probabilities: inout [Double], at offset: Int
  ) {
    let states = states.span
    var probabilities = probabilities.mutableSpan
    for (model, parameters) in models.enumerated() where weights[model] > 0 {
      let emission = parameters.emission.span
      precondition(
        (model + 1) * stateCount <= states.count && stateCount * tokenCount <= emission.count
          && offset >= 0 && offset + tokenCount <= probabilities.count)
      for state in 0..<stateCount {
        let weight = weights[model] * states[unchecked: model &* stateCount &+ state]
        if weight == 0 { continue }
        let row = state &* tokenCount
        for token in 0..<tokenCount {
          probabilities[unchecked: offset &+ token] += weight * emission[unchecked: row &+ token]
        }
      }
    }
  }
}
