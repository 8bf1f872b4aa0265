import Episodes

// Dimension key
//   N  examples, or tokens, of an episode      D  dimension of an input
//   C  classes, or tokens

/// Recalls what went with exactly this input before, and knows nothing about new inputs.
///
/// Optimal for associative recall, where each key has a value of its own, independent of all
/// others. In a sequence keys and values alternate, and where a key comes next all keys are alike.
package struct ExactRecall: EpisodeLearner {
  /// Of sequences: tokens below this are keys, the others values. Nil for inputs with classes.
  package let keyCount: Int?

  package init(keyCount: Int? = nil) {
    self.keyCount = keyCount
  }

  package var name: String { "exactRecall" }

  /// - Complexity: O(N·(D + C))
  func predictions(of episode: Episode) -> [Double] {
    let width = episode.classCount
    let dimension = episode.shape.inputDimension
    var values: [ArraySlice<Float>: Int] = [:]
    var predictions: [Double] = []
    for place in 0..<episode.shape.exampleCount {
      let input = episode.inputs[place * dimension..<(place + 1) * dimension]
      let (isKey, range) = role(of: place, episode)
      let known = isKey ? values[input].map { $0...$0 } : nil
      let candidates = known.map { Range($0) } ?? range
      predictions += (0..<width).map {
        ClassScores.logarithm(candidates.contains($0) ? 1 / Double(candidates.count) : 0)
      }
      if isKey { values[input] = episode.label(of: place) }
    }
    return predictions
  }

  /// Whether the input of a place is a key, and what may follow it.
  private func role(of place: Int, _ episode: Episode) -> (isKey: Bool, followers: Range<Int>) {
    guard episode.shape.target.isSequence else { return (true, 0..<episode.classCount) }
    guard let keyCount else {
      preconditionFailure("To recall from a sequence one has to know which tokens are keys.")
    }
    let isKey = episode.token(at: place) < keyCount
    return (isKey, isKey ? keyCount..<episode.classCount : 0..<keyCount)
  }
}
