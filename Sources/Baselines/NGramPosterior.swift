import Episodes
import RealModule

// Dimension key
//   N  tokens of an episode      C  tokens that there are

/// Predicts the next token from how often each followed the last `order - 1` tokens.
///
/// The probability of token `j` after context `i` is `(c_ij + a) / (c_i + C a)`, with `c_ij` how
/// often `j` has followed `i` and `a` the pseudocount. If each context has a distribution of its
/// own from a symmetric Dirichlet law of concentration `a`, this is exactly Bayesian: order 1 for
/// independent tokens, order 2 for Markov chains. Tokens before the first context are alike.
///
/// Source: Edelman et al. 2024, <https://arxiv.org/abs/2402.11004>.
package struct NGramPosterior: EpisodeLearner {
  /// The length of the context and the token that follows it.
  package let order: Int
  package let pseudocount: Double

  /// - Parameters:
  ///   - order: at least 1.
  ///   - pseudocount: positive.
  package init(order: Int, pseudocount: Double = 1) {
    precondition(
      order > 0 && pseudocount > 0, "An n-gram has an order of at least one, and a prior.")
    self.order = order
    self.pseudocount = pseudocount
  }

  package var name: String {
    switch order {
    case 1: "unigram"
    case 2: "bigram"
    case 3: "trigram"
    default: "ngram\(order)"
    }
  }

  /// - Complexity: O(N·C)
  func predictions(of episode: Episode) -> [Double] {
    let width = episode.classCount
    let count = episode.shape.exampleCount
    var predictions = [Double](repeating: -.log(Double(width)), count: count * width)
    var table = FollowerTable(width: width)
    let contextCount = contextCount(width)
    // The tokens before a place as digits of a number.
    var context = 0
    for place in 0..<count {
      let token = episode.token(at: place)
      if place >= order - 1 { table.count(token, after: context) }
      context = (context * width + token) % contextCount
      guard place + 1 >= order - 1 else { continue }
      let counts = table.followers(of: context)
      let total = counts.reduce(Double(width) * pseudocount) { $0 + Double($1) }
      for (label, count) in counts.enumerated() {
        predictions[place * width + label] = .log((Double(count) + pseudocount) / total)
      }
    }
    return predictions
  }

  /// `C` to the power of `order - 1`.
  private func contextCount(_ width: Int) -> Int {
    var product = 1
    for _ in 1..<max(order, 1) {
      precondition(
        product <= Int.max / width / width, "The contexts of an n-gram can be numbered.")
      product *= width
    }
    return product
  }
}

/// How often each token followed each context.
private struct FollowerTable {
  private let width: Int
  private var rows: [Int: Int] = [:]
  /// `[rows, C]`
  private var counts: [Int32] = []

  init(width: Int) { self.width = width }

  mutating func count(_ token: Int, after context: Int) {
    let row = rows[context] ?? counts.count
    if row == counts.count {
      rows[context] = row
      counts.append(contentsOf: repeatElement(0, count: width))
    }
    counts[row + token] += 1
  }

  /// `[C]`
  func followers(of context: Int) -> ArraySlice<Int32> {
    guard let row = rows[context] else { return ArraySlice(repeating: 0, count: width) }
    return counts[row..<row + width]
  }
}
