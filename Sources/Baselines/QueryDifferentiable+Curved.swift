package import Episodes

// Dimension key
//   E  episodes      D  dimension of an input      F  features of an input

extension GaussianProcessRegression: QueryDifferentiable {
  package var isAffineInQuery: Bool { false }

  /// Central differences in double precision.
  package func sensitivities(of example: Int, in episodes: [Episode]) throws -> [Double] {
    // 2⁻¹⁰ of the inputs: an error of some 10⁻⁶ where the function curves at their scale.
    try QueryDifferences.central(of: example, in: episodes, step: 0x1p-10) { episode in
      predictiveDistributions(of: episode).last?.mean ?? 0
    }
  }
}

extension DiscreteMinimumMeanSquaredError: QueryDifferentiable {
  package var isAffineInQuery: Bool { isLinear }

  /// Exact for a pool of linear functions, whose weights do not depend on the query; central
  /// differences for one of others.
  package func sensitivities(of example: Int, in episodes: [Episode]) throws -> [Double] {
    let predict: QueryDifferences.Prediction = { episode in
      Double(try self.predictions(for: [episode]).last ?? 0)
    }
    // Functions are computed in single precision, which a step of 2⁻⁶ leaves five digits.
    return try isLinear
      ? QueryDifferences.affine(of: example, in: episodes, predict)
      : QueryDifferences.central(of: example, in: episodes, step: 0x1p-6, predict)
  }
}

extension FeatureLearner: QueryDifferentiable where Learner: QueryDifferentiable {
  package var isAffineInQuery: Bool { false }

  /// By the chain rule, with central differences of the features.
  ///
  /// - Complexity: O(D · F) for an episode beside the learner's own.
  package func sensitivities(of example: Int, in episodes: [Episode]) throws -> [Double] {
    let images = episodes.map(mapped)
    let outer = try learner.sensitivities(of: example, in: images)
    let width = images.first?.shape.inputDimension ?? 0
    return episodes.indices.flatMap { index in
      let slopes = Array(outer[index * width..<(index + 1) * width])
      return slopeProducts(slopes, at: Array(episodes[index].input(of: example)))
    }
  }
}
