import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      M  clauses

/// What Boolean formulas have in common: clauses of random literals, and inputs that are made to
/// satisfy one of them more often than chance would.
///
/// A clause is `[D]` numbers: 1 for the coordinate, -1 for its negation, 0 if it is left out.
struct Clauses {
  /// `D`
  let dimension: Int
  /// Of a coordinate, and the same of its negation.
  let literalProbability: Float

  /// Draws clauses into `latent`, `[M, D]`.
  func draw(_ key: RandomKey, into latent: inout MutableSpan<Float>) {
    key.fillUniforms(&latent, in: 0..<1)
    let (positive, any) = (literalProbability, 2 * literalProbability)
    for i in 0..<latent.count {
      let number = latent[unchecked: i]
      latent[unchecked: i] = number < positive ? 1 : number < any ? -1 : 0
    }
  }

  /// Fills `inputs` with signs, and makes a share of them obey a clause.
  ///
  /// - Parameters:
  ///   - key: names the episode.
  ///   - share: with what probability an input obeys.
  ///   - clause: where in `latent` the clause begins.
  ///   - sign: what an obeying input makes of the literals, 1 for true and -1 for false.
  ///   - inputs: `[N, D]`
  func drawInputs(
    _ key: RandomKey, share: Float, clause: Int, sign: Float, latent: Span<Float>,
    into inputs: inout MutableSpan<Float>
  ) {
    precondition(
      clause + dimension <= latent.count && inputs.count % dimension == 0,
      "A clause has a number for each coordinate.")
    key.folded(with: .inputs).fillSigns(&inputs)
    var chances = InlineArray<64, Float>(repeating: 0)
    var chance = chances.mutableSpan
    var places = InlineArray<64, Int>(repeating: 0)
    var listed = places.mutableSpan
    let count = list(clause, latent, into: &listed)
    for example in 0..<inputs.count / dimension {
      if example % 64 == 0 {
        key.folded(with: .labels).folded(with: example).fillUniforms(&chance, in: 0..<1)
      }
      guard chance[example % 64] < share else { continue }
      let offset = example * dimension
      for index in 0..<count {
        let place = listed[index]
        inputs[offset + place] = sign * latent[clause + place]
      }
    }
  }

  /// Lists the coordinates that are in a clause, few of all, and returns how many there are.
  private func list(
    _ clause: Int, _ latent: Span<Float>, into places: inout MutableSpan<Int>
  ) -> Int {
    var count = 0
    for i in 0..<dimension where latent[clause + i] != 0 {
      places[count] = i
      count += 1
    }
    return count
  }

  /// Writes `mark` to the targets of the examples for which no literal of a clause is `sign`, 1 for true
  /// and -1 for false.
  ///
  /// - Parameters:
  ///   - targets: `[N]`
  ///   - clause: where in `latent` the clause begins.
  ///   - inputs: `[N, D]`
  func mark(
    _ targets: inout MutableSpan<Float>, _ mark: Float, notHaving sign: Float,
    ofClause clause: Int, _ latent: Span<Float>, _ inputs: Span<Float>
  ) {
    precondition(
      clause + dimension <= latent.count && targets.count * dimension <= inputs.count,
      "A clause has a number for each coordinate.")
    var places = InlineArray<64, Int>(repeating: 0)
    var listed = places.mutableSpan
    let count = list(clause, latent, into: &listed)
    for example in 0..<targets.count {
      let row = example &* dimension
      var index = 0
      // In bounds by the precondition.
      while index < count {
        let place = listed[unchecked: index]
        let product =
          latent[unchecked: clause &+ place] * inputs[unchecked: row &+ place]
        if product == sign { break }
        index &+= 1
      }
      if index == count { targets[unchecked: example] = mark }
    }
  }
}
