/// Says which word was probably meant, or which ones there are.
package func advice(for word: String, among candidates: [String]) -> String {
  let distances = candidates.map { editDistance(word.lowercased(), $0.lowercased()) }
  if let least = distances.min(), least <= max(2, word.count / 3),
    let index = distances.firstIndex(of: least)
  {
    return "did you mean `\(candidates[index])`?"
  }
  return "expected one of \(candidates.map { "`\($0)`" }.joined(separator: ", "))"
}

/// The least number of insertions, deletions, substitutions and swaps of neighbours between two
/// words.
///
/// - Complexity: O(m·n) for words of `m` and `n` characters.
func editDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first), Array(second))
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        least = min(least, rows[i - 1][j - 1] + 1)
      }
      row.append(least)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
