/// Says which word was probably meant, or which ones there are.
package func advice(for word: String, among candidates: [String]) -> String {
  let tolerance = max(2, word.count / 3)
  // A long text is no slip of the finger, and comparing it with others would take long.
  let near =
    word.utf8.count > 256 ? [] : candidates.filter { abs($0.count - word.count) <= tolerance }
  let distances = near.map { editDistance(word.lowercased(), $0.lowercased()) }
  if let least = distances.min(), least <= tolerance,
    let index = distances.firstIndex(of: least)
  {
    return "did you mean `\(near[index])`?"
  }
  return "expected one of \(enumeration(of: candidates))"
}

/// The words between quotation marks, the first hundred of many.
package func enumeration(of words: [String]) -> String {
  let shown = words.prefix(100).map { "`\($0)`" }.joined(separator: ", ")
  return words.count > 100 ? "\(shown), … (\(words.count) in all)" : shown
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
