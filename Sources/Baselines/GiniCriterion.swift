// Dimension key
//   N  examples in an episode      C  classes

/// Cuts so that the Gini impurity `1 - Σ shareᶜ²` of the two parts, weighted by their sizes, is
/// least.
struct GiniCriterion: SplitCriterion {
  /// `[N]`
  private let labels: [Int]
  private let classCount: Int
  /// Room for the counts of a part, `[C]`.
  private var lower: [Int]
  private var upper: [Int]

  /// - Parameter labels: `[N]`
  init(labels: [Int], classCount: Int) {
    self.labels = labels
    self.classCount = classCount
    lower = [Int](repeating: 0, count: classCount)
    upper = lower
  }

  /// How many examples of each class there are, `[C]`.
  func summary(of examples: Span<Int32>) -> [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for i in 0..<examples.count { counts[labels[Int(examples[i])]] += 1 }
    return counts
  }

  func isPure(_ summary: [Int]) -> Bool { summary.count { $0 > 0 } <= 1 }

  /// The score is `Σ countᶜ² / size` of one part and of the other.
  mutating func bestCut(_ order: Span<Int32>, _ column: Span<Float>, _ summary: [Int]) -> Cut {
    var best = Cut()
    var lowerSquares = 0
    var upperSquares = 0
    for label in 0..<classCount {
      lower[label] = 0
      upper[label] = summary[label]
      upperSquares += summary[label] * summary[label]
    }
    for position in 1..<max(1, order.count) {
      let example = Int(order[position - 1])
      let label = labels[example]
      // (a + 1)² - a² and a² - (a - 1)²
      lowerSquares += 2 * lower[label] + 1
      upperSquares -= 2 * upper[label] - 1
      lower[label] += 1
      upper[label] -= 1
      guard column[example] < column[Int(order[position])] else { continue }
      let score =
        Double(lowerSquares) / Double(position)
        + Double(upperSquares) / Double(order.count - position)
      let cut = Cut(score: score, position: position)
      if cut.isBetter(than: best) { best = cut }
    }
    return best
  }
}
