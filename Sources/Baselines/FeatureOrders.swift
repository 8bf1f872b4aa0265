import Episodes

// Dimension key
//   N  examples in an episode      n  the first examples of it      D  dimension of an input

/// The first examples of an episode, sorted by each of their features.
///
/// A new example is inserted into every order, so that no context is sorted anew.
struct FeatureOrders {
  /// `D`
  let dimension: Int
  /// `N`
  let exampleCount: Int
  /// `n`
  private(set) var count = 0
  /// `[D, N]`, all examples, also those not yet inserted.
  let columns: [Float]
  /// `[D, N]`, of which the first `n` of a row are the inserted examples, in ascending order of the
  /// feature; examples that are equal in it keep their order in the episode.
  private(set) var orders: [Int32]

  init(_ episode: Episode) {
    dimension = episode.shape.inputDimension
    exampleCount = episode.shape.exampleCount
    var columns = [Float](repeating: 0, count: dimension * exampleCount)
    for example in 0..<exampleCount {
      for feature in 0..<dimension {
        columns[feature * exampleCount + example] = episode.inputs[example * dimension + feature]
      }
    }
    self.columns = columns
    orders = [Int32](repeating: 0, count: dimension * exampleCount)
  }

  /// A feature of an example.
  func value(of feature: Int, _ example: Int) -> Double {
    Double(columns[feature * exampleCount + example])
  }

  /// Inserts the next example.
  ///
  /// - Complexity: O(D · n)
  mutating func insertNext() {
    for feature in 0..<dimension {
      let start = feature * exampleCount
      let number = columns[start + count]
      var place = start + count
      while place > start, columns[start + Int(orders[place - 1])] > number {
        orders[place] = orders[place - 1]
        place -= 1
      }
      orders[place] = Int32(count)
    }
    count += 1
  }
}
