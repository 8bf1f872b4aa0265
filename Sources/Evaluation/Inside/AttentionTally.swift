import RandomKeys
import RealModule

// Dimension key
//   E  episodes      H  heads      Q  rows: tokens from which attention comes
//   T  columns: tokens to which it goes      R  relations and, last, all that is seen

/// The attention of one layer, added up over episodes.
struct AttentionTally {
  private let headCount: Int
  private let queries: [Int]
  private let keyCount: Int
  /// `[H, Q, T]`
  private var sums: [Double]
  private var example: [Double] = []
  /// `[E, R, 2 + H]`: of each relation how many rows have such tokens, then the sums over these rows
  /// for even attention and for each head: of shares, and of the entropy last.
  private var values: [Float] = []
  private var episodes = 0

  /// - Parameters:
  ///   - headCount: `H`
  ///   - queries: `[Q]`
  ///   - keyCount: `T`
  init(headCount: Int, queries: [Int], keyCount: Int) {
    self.headCount = headCount
    self.queries = queries
    self.keyCount = keyCount
    sums = [Double](repeating: 0, count: headCount * queries.count * keyCount)
  }

  /// Takes in an episode.
  ///
  /// Weights that may be negative, those of linear attention, count by their size.
  ///
  /// - Parameters:
  ///   - weights: `[H, Q, T]`
  ///   - keys: for each relation and each token of the prompt, the tokens that stand in it.
  ///   - visiblePrefixes: for each token how many leading ones it sees.
  mutating func add(
    _ weights: ArraySlice<Float>, keys: [[[Int]]], visiblePrefixes: [Int]
  ) {
    var rows = [Double](repeating: 0, count: (keys.count + 1) * (2 + headCount))
    for (row, query) in queries.enumerated() where visiblePrefixes[query] > 0 {
      let seen = visiblePrefixes[query]
      let related = keys.map { $0[query] }
      addEven(related, seen: seen, to: &rows)
      for head in 0..<headCount {
        let start = weights.startIndex + (head * queries.count + row) * keyCount
        addHead(head, Array(weights[start..<start + seen]), related, to: &rows)
      }
    }
    for (index, weight) in weights.enumerated() { sums[index] += Double(weight) }
    if episodes == 0 { example = weights.map(Double.init) }
    values += rows.map { Float($0) }
    episodes += 1
  }

  /// Counts the row, and adds what even attention would give.
  private func addEven(_ related: [[Int]], seen: Int, to rows: inout [Double]) {
    for (relation, keys) in related.enumerated() where !keys.isEmpty {
      rows[place(relation, 0)] += 1
      rows[place(relation, 1)] += Double(keys.count) / Double(seen)
    }
    rows[place(related.count, 0)] += 1
    rows[place(related.count, 1)] += Double.log(Double(seen))
  }

  private func addHead(
    _ head: Int, _ weights: [Float], _ related: [[Int]], to rows: inout [Double]
  ) {
    let total = weights.reduce(0) { $0 + Double($1.magnitude) }
    // Linear attention may give nothing to anybody.
    guard total > 0 else { return }
    for (relation, keys) in related.enumerated() {
      let share = keys.reduce(0) { $0 + Double(weights[$1].magnitude) } / total
      rows[place(relation, 2 + head)] += share
    }
    let entropy = weights.reduce(0.0) { sum, weight in
      let share = Double(weight.magnitude) / total
      return share > 0 ? sum - share * Double.log(share) : sum
    }
    rows[place(related.count, 2 + head)] += entropy
  }

  private func place(_ relation: Int, _ column: Int) -> Int {
    relation * (2 + headCount) + column
  }

  /// Which of the relations any pair of tokens stood in.
  func occurs(_ relation: Int) -> Bool {
    let width = values.count / max(1, episodes)
    return stride(from: place(relation, 0), to: values.count, by: width).contains {
      values[$0] > 0
    }
  }

  /// The averages with their intervals.
  ///
  /// - Parameter relations: in the order of the tally; those that never occur are left out.
  func layer(
    _ relations: [TokenRelation], bootstrap: Bootstrap, key: RandomKey
  ) -> AttentionLayer {
    let width = values.count / episodes
    let means = values.means(width: width)
    let resampled = bootstrap.resampledMeans(of: values, width: width, key: key)
    func estimate(_ relation: Int, _ column: Int) -> Estimate {
      func ratio(_ means: [Double]) -> Double {
        let count = means[place(relation, 0)]
        return count > 0 ? means[place(relation, column)] / count : 0
      }
      return bootstrap.estimate(ratio(means), resampled: resampled.map(ratio))
    }
    func numbers(_ column: Int) -> AttentionNumbers {
      let shares = relations.indices.filter(occurs).map {
        (relations[$0], estimate($0, column))
      }
      return AttentionNumbers(
        shares: Dictionary(uniqueKeysWithValues: shares),
        entropy: estimate(relations.count, column))
    }
    return AttentionLayer(
      queries: queries, keyCount: keyCount, mean: sums.map { $0 / Double(episodes) },
      example: example, even: numbers(1), heads: (0..<headCount).map { numbers(2 + $0) })
  }
}
