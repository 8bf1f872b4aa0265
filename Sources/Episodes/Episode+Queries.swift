// Dimension key
//   D  dimension of an input

extension Episode {
  /// The first examples of this one, and behind them a query whose target nobody knows: a zero stands in
  /// its place.
  ///
  /// - Parameters:
  ///   - count: how many examples come before the query.
  ///   - query: `[D]`
  package func context(_ count: Int, query: [Float]) -> Episode {
    precondition(query.count == shape.inputDimension, "A query has the dimension of the inputs.")
    return Episode(
      inputs: Array(inputs.prefix(count * shape.inputDimension)) + query,
      targets: Array(targets.prefix(count)) + [0], of: shape.target)
  }

  /// The same episode with another input in the place of one.
  ///
  /// - Parameters:
  ///   - example: whose input is replaced.
  ///   - query: `[D]`
  package func replacingInput(of example: Int, by query: some Collection<Float>) -> Episode {
    precondition(query.count == shape.inputDimension, "A query has the dimension of the inputs.")
    var episode = self
    let start = example * shape.inputDimension
    episode.inputs.replaceSubrange(start..<start + shape.inputDimension, with: query)
    return episode
  }

  /// The input of an example, `[D]`.
  package func input(of example: Int) -> ArraySlice<Float> {
    inputs[example * shape.inputDimension..<(example + 1) * shape.inputDimension]
  }
}
