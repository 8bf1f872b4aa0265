import Episodes

// Dimension key
//   D  dimension of an input

/// A linear learner that knows the examples of a context by their moments alone, and predicts zero
/// without any.
protocol MomentLearner: EpisodeLearner, QueryDifferentiable {
  /// Linear in the query.
  ///
  /// - Parameters:
  ///   - query: `[D]`
  ///   - context: of at least one example.
  func prediction(for query: [Double], from context: ContextMoments) -> Double
}

extension MomentLearner {
  func predictions(of episode: Episode) -> [Double] {
    ContextMoments.predictions(of: episode) { prediction(for: $0, from: $1) }
  }

  package var isAffineInQuery: Bool { true }

  /// The predictions at the unit vectors: the weights.
  package func sensitivities(of example: Int, in episodes: [Episode]) -> [Double] {
    concurrentMap(count: episodes.count) { index in
      let context = ContextMoments(of: episodes[index], count: example)
      var query = [Double](repeating: 0, count: context.dimension)
      return query.indices.map { axis in
        query[axis] = 1
        defer { query[axis] = 0 }
        return example == 0 ? 0 : prediction(for: query, from: context)
      }
    }.flatMap(\.self)
  }
}
