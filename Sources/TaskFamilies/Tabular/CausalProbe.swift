import RandomKeys

// Dimension key
//   P  examples of the probe      D  greatest number of features

/// Examples of a causal model by which its columns are standardised and cut.
///
/// Its columns are the candidates for the target, then the features.
struct CausalProbe: ~Copyable {
  /// `P`
  static let exampleCount = 64

  /// `[4 + D, P]`
  private var columns = InlineArray<4352, Float>(repeating: 0)

  init(
    _ model: StructuralCausalModel, _ key: RandomKey, _ latent: Span<Float>,
    candidates: borrowing InlineArray<4, Int>
  ) {
    let layout = model.layout
    var row = NodeRow(repeating: 0)
    var nodes = row.mutableSpan
    var numbers = columns.mutableSpan
    let featureCount = Int(latent[layout.featureCount])
    let count = Self.exampleCount
    for example in 0..<count {
      model.drawNodes(key.folded(with: example), latent, into: &nodes)
      for index in 0..<4 { numbers[index * count + example] = nodes[candidates[index]] }
      for feature in 0..<featureCount {
        let column = layout.features + feature * layout.featureStride
        numbers[(4 + feature) * count + example] = nodes[Int(latent[column])]
      }
    }
  }

  func mean(of column: Int) -> Double {
    let numbers = columns.span
    var sum = 0.0
    for example in 0..<Self.exampleCount {
      sum += Double(numbers[column * Self.exampleCount + example])
    }
    return sum / Double(Self.exampleCount)
  }

  func variance(of column: Int) -> Double {
    let numbers = columns.span
    let mean = mean(of: column)
    var sum = 0.0
    for example in 0..<Self.exampleCount {
      let difference = Double(numbers[column * Self.exampleCount + example]) - mean
      sum += difference * difference
    }
    return sum / Double(Self.exampleCount)
  }

  /// Writes where a column is cut into so many pieces: between neighbours at random ranks.
  ///
  /// - Parameter offset: where in `latent` the cuts go, ascending.
  func cut(
    _ column: Int, into pieces: Int, _ key: RandomKey, at offset: Int,
    _ latent: inout MutableSpan<Float>
  ) {
    let count = Self.exampleCount
    var copies = InlineArray<64, Float>(repeating: 0)
    var sorted = copies.mutableSpan
    let numbers = columns.span
    for example in 0..<count {
      let number = numbers[column * count + example]
      var place = example
      while place > 0, sorted[place - 1] > number {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = number
    }
    var order = InlineArray<64, Int32>(repeating: 0)
    var ranks = order.mutableSpan
    key.fillPermutation(&ranks, count: count - 1)
    var isCut: UInt64 = 0
    for index in 0..<pieces - 1 { isCut |= 1 &<< UInt64(ranks[index]) }
    for index in 0..<pieces - 1 {
      let rank = isCut.trailingZeroBitCount
      isCut &= isCut &- 1
      latent[offset + index] = 0.5 * (sorted[rank] + sorted[rank + 1])
    }
  }

  /// Standardises what the pieces of a column become.
  func standardize(
    _ column: Int, _ pieces: Int, cuts: Int, values: Int, _ latent: inout MutableSpan<Float>
  ) {
    let numbers = columns.span
    var (sum, squares) = (0.0, 0.0)
    for example in 0..<Self.exampleCount {
      let number = numbers[column * Self.exampleCount + example]
      var piece = 0
      for index in 0..<pieces - 1 where number > latent[cuts + index] { piece += 1 }
      let value = Double(latent[values + piece])
      sum += value
      squares += value * value
    }
    let mean = sum / Double(Self.exampleCount)
    let variance = squares / Double(Self.exampleCount) - mean * mean
    let scale = variance > 1e-6 ? 1 / variance.squareRoot() : 0
    for piece in 0..<pieces {
      latent[values + piece] = Float((Double(latent[values + piece]) - mean) * scale)
    }
  }
}
