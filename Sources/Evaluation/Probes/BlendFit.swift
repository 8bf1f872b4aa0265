import RandomKeys

// Dimension key
//   E  episodes      K  context lengths      L  learners

/// The blend of learners that best predicts what a model predicts: weights that are not negative and
/// sum to one.
///
/// Source, as an idea: Wurgaft et al. 2025, <https://arxiv.org/abs/2506.17859>, for whom the predictions
/// of a Transformer are an average of those of strategies by their posterior probabilities. Their code
/// also finds the convex combination that is nearest to a Transformer's predictions; here it is found
/// exactly, and for any number of learners.
package struct BlendFit: Codable, Equatable, Sendable {
  /// The weight of an algorithm, with whatever constants.
  package struct Member: Codable, Equatable, Sendable {
    package let algorithm: String
    package let weight: Estimate
  }

  /// The largest weight first.
  package let members: [Member]
  /// The mean squared distance between the model and the blend, as a share of the model's mean square.
  package let unexplained: Estimate

  /// - Parameters:
  ///   - model: whose predictions are blended.
  ///   - learners: at least one.
  ///   - groups: the algorithm of each learner; weights of one algorithm are added up.
  ///   - origin: a learner that predicts nothing.
  init(
    _ model: PredictionVectors, _ learners: [PredictionVectors], groups: [String],
    origin: PredictionVectors, on probe: ProbeEpisodes, bootstrap: Bootstrap, key: RandomKey
  ) {
    let count = learners.count
    // The square of the model comes last.
    let width = count * (count + 1) / 2 + 1
    let products = Self.products(model, learners, origin, probe)
    let values = products.map { Float($0) }
    let all = Self.fit(products.means(width: width), count)
    let resampled = bootstrap.resampledMeans(of: values, width: width, key: key)
      .map { Self.fit($0, count) }
    let names = groups.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    func weight(_ name: String, _ fit: (weights: [Double], unexplained: Double)) -> Double {
      zip(groups, fit.weights).reduce(0) { $1.0 == name ? $0 + $1.1 : $0 }
    }
    members = names.map { name in
      Member(
        algorithm: name,
        weight: bootstrap.estimate(
          weight(name, all), resampled: resampled.map { weight(name, $0) }))
    }.sorted { $0.weight.value > $1.weight.value }
    unexplained = bootstrap.estimate(
      all.unexplained, resampled: resampled.map(\.unexplained))
  }

  /// The products of the differences to the model, of each pair of learners, as means over context
  /// lengths, and the square of the model: `[E, L (L + 1) / 2 + 1]`.
  private static func products(
    _ model: PredictionVectors, _ learners: [PredictionVectors], _ origin: PredictionVectors,
    _ probe: ProbeEpisodes
  ) -> [Double] {
    let count = learners.count
    let length = probe.contextLengths.count * model.width
    let scale = 1 / (probe.meanSquare * Double(probe.contextLengths.count))
    var products: [Double] = []
    var differences = [Double](repeating: 0, count: count * length)
    for episode in probe.episodes.indices {
      let start = episode * length
      for (index, learner) in learners.enumerated() {
        for i in 0..<length {
          differences[index * length + i] = learner.values[start + i] - model.values[start + i]
        }
      }
      for row in 0..<count {
        for column in 0...row {
          var sum = 0.0
          for i in 0..<length {
            sum += differences[row * length + i] * differences[column * length + i]
          }
          products.append(scale * sum)
        }
      }
      var square = 0.0
      for i in start..<start + length {
        let difference = model.values[i] - origin.values[i]
        square += difference * difference
      }
      products.append(scale * square)
    }
    return products
  }

  private static func fit(
    _ means: [Double], _ count: Int
  ) -> (weights: [Double], unexplained: Double) {
    var products = [Double](repeating: 0, count: count * count)
    var place = 0
    for row in 0..<count {
      for column in 0...row {
        products[row * count + column] = means[place]
        products[column * count + row] = means[place]
        place += 1
      }
    }
    let point = MinimumNormPoint(products: products, count: count)
    let square = means[place]
    return (point.weights, square > 0 ? point.squaredNorm / square : 0)
  }
}
