import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  width of a prediction

/// The mean target, or the vote, of the nearest examples; of all while there are fewer.
///
/// In a vote a tie goes to the class with the nearer example, and classes without a vote share one
/// hundredth of a vote.
package struct NearestNeighbors: EpisodeLearner {
  /// How many examples are asked.
  package let count: Int

  /// - Parameter count: at least 1.
  package init(_ count: Int) {
    precondition(count > 0, "At least one neighbour is asked.")
    self.count = count
  }

  package var name: String { "nearestNeighbors\(count)" }

  /// - Complexity: O(N² · D)
  func predictions(of episode: Episode) -> [Double] {
    let inputs = episode.realInputs
    return (0..<episode.shape.exampleCount).flatMap { query in
      let neighbors = neighbors(of: query, inputs, episode.shape.inputDimension)
      return switch episode.shape.target {
      case .real: [mean(neighbors, episode)]
      case .classes, .tokens: votes(neighbors, episode)
      }
    }
  }

  /// The earlier examples nearest to example `query`, nearest first.
  private func neighbors(of query: Int, _ inputs: [Double], _ dimension: Int) -> [Int] {
    var nearest: [(distance: Double, example: Int)] = []
    for example in 0..<query {
      var distance = 0.0
      for i in 0..<dimension {
        let difference = inputs[query * dimension + i] - inputs[example * dimension + i]
        distance += difference * difference
      }
      if nearest.count == count, let last = nearest.last {
        guard distance < last.distance else { continue }
        nearest.removeLast()
      }
      let place = nearest.firstIndex { distance < $0.distance } ?? nearest.count
      nearest.insert((distance, example), at: place)
    }
    return nearest.map(\.example)
  }

  private func mean(_ neighbors: [Int], _ episode: Episode) -> Double {
    let sum = neighbors.reduce(0) { $0 + episode.realTarget(of: $1) }
    return neighbors.isEmpty ? 0 : sum / Double(neighbors.count)
  }

  /// Logarithms of votes, `[C]`.
  private func votes(_ neighbors: [Int], _ episode: Episode) -> [Double] {
    var votes = [Double](repeating: 0.01 / Double(episode.classCount), count: episode.classCount)
    // Each bonus exceeds the sum of those behind it, so that it settles ties only.
    var bonus = 1e-3
    for neighbor in neighbors {
      votes[episode.label(of: neighbor)] += 1 + bonus
      bonus /= 2
    }
    return votes.map { Double.log($0) }
  }
}
