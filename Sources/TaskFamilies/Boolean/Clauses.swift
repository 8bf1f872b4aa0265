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
    for example in 0..<inputs.count / dimension {
      if example % 64 == 0 {
        key.folded(with: .labels).folded(with: example).fillUniforms(&chance, in: 0..<1)
      }
      guard chance[example % 64] < share else { continue }
      let offset = example * dimension
      // In bounds by the precondition.
      for i in 0..<dimension {
        let literal = latent[unchecked: clause &+ i]
        let free = inputs[unchecked: offset &+ i]
        inputs[unchecked: offset &+ i] = literal == 0 ? free : sign * literal
      }
    }
  }

  /// How many literals of the clause at `clause` are of `sign` times their coordinate in an input.
  @inline(__always)
  func count(
    _ sign: Float, _ latent: Span<Float>, _ clause: Int, _ inputs: Span<Float>, _ offset: Int
  ) -> Int32 {
    precondition(clause + dimension <= latent.count && offset + dimension <= inputs.count)
    var count: Int32 = 0
    for i in 0..<dimension {
      // In bounds by the precondition.
      let product = latent[unchecked: clause &+ i] * inputs[unchecked: offset &+ i]
      count &+= product == sign ? 1 : 0
    }
    return count
  }
}
