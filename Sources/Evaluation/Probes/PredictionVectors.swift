import Baselines
import Episodes

// Dimension key
//   E  episodes      K  measured context lengths      C  width of a prediction

/// Predictions as vectors from a common origin, so that those of any two learners have a distance.
///
/// A real prediction is itself; for classes and tokens it is the vector of probabilities less `1/C`. A
/// learner that says nothing, zero or every class alike, is at the origin.
struct PredictionVectors: Sendable {
  /// `C`
  let width: Int
  /// `[E, K, C]`
  let values: [Double]

  private init(width: Int, values: [Double]) {
    self.width = width
    self.values = values
  }

  /// Real predictions, `[E, K]`.
  init(numbers: [Double]) { self.init(width: 1, values: numbers) }

  /// What a learner predicts after some numbers of examples.
  ///
  /// - Parameters:
  ///   - episodes: `E` of one shape.
  ///   - contextLengths: `K` of them.
  /// - Throws: ``EvaluationError`` if a prediction is not finite; what the learner throws.
  init(
    of learner: any InContextLearner, for episodes: [Episode], contextLengths: [Int]
  ) throws {
    guard let shape = episodes.first?.shape else { throw EvaluationError.noEpisodes }
    let width = shape.target.width
    var values: [Double] = []
    values.reserveCapacity(episodes.count * contextLengths.count * width)
    for start in stride(from: 0, to: episodes.count, by: QueryEpisodes.blockLength) {
      let block = Array(episodes[start..<min(start + QueryEpisodes.blockLength, episodes.count)])
      let predictions = try Self.predictions(of: learner, for: block, contextLengths)
      for place in stride(from: 0, to: predictions.count, by: width) {
        let prediction = predictions[place..<place + width]
        guard prediction.allSatisfy(\.isFinite) else {
          let (episode, length) = (place / width).quotientAndRemainder(
            dividingBy: contextLengths.count)
          throw EvaluationError.nonFinitePrediction(
            learner: learner.name, episode: start + episode, contextLength: contextLengths[length])
        }
        values += Self.vector(prediction, shape.target)
      }
    }
    self.init(width: width, values: values)
  }

  /// `[E, K, C]`
  private static func predictions(
    of learner: any InContextLearner, for episodes: [Episode], _ contextLengths: [Int]
  ) throws -> [Float] {
    // A model may need a pass for each of its predictions.
    if contextLengths.count == 1, let learner = learner as? any QueryDifferentiable {
      return try learner.predictions(of: contextLengths[0], in: episodes)
    }
    let predictions = try learner.predictions(for: episodes)
    let shape = episodes[0].shape
    return episodes.indices.flatMap { index in
      contextLengths.flatMap { length in
        let first = (index * shape.exampleCount + length) * shape.target.width
        return predictions[first..<first + shape.target.width]
      }
    }
  }

  /// The targets themselves, as a learner that knows them would predict them.
  init(targetsOf episodes: [Episode], contextLengths: [Int]) {
    guard let shape = episodes.first?.shape else { preconditionFailure("There are episodes.") }
    let width = shape.target.width
    self.init(
      width: width,
      values: episodes.flatMap { episode in
        contextLengths.flatMap { length -> [Double] in
          let target = episode.targets[length]
          return switch shape.target {
          case .real: [Double(target)]
          case .classes, .tokens:
            (0..<width).map { ($0 == Int(target) ? 1 : 0) - 1 / Double(width) }
          }
        }
      })
  }

  private static func vector(_ prediction: ArraySlice<Float>, _ target: TargetKind) -> [Double] {
    switch target {
    case .real: prediction.map { Double($0) }
    case .classes, .tokens: Logits(prediction).probabilities.map { $0 - 1 / Double(target.width) }
    }
  }

  /// The squared distances to the predictions of another learner, `[E, K]`.
  func squaredDistances(to other: PredictionVectors) -> [Double] {
    precondition(other.values.count == values.count, "Distances are between the same predictions.")
    return stride(from: 0, to: values.count, by: width).map { start in
      var square = 0.0
      for i in start..<start + width {
        let difference = values[i] - other.values[i]
        square += difference * difference
      }
      return square
    }
  }

  /// Whether the largest number is at the same place as in the predictions of another learner, 1 or
  /// 0, `[E, K]`; of equal ones the first counts.
  func agreements(with other: PredictionVectors) -> [Double] {
    stride(from: 0, to: values.count, by: width).map { start in
      let range = start..<start + width
      return Self.largest(values[range]) == Self.largest(other.values[range]) ? 1 : 0
    }
  }

  private static func largest(_ numbers: ArraySlice<Double>) -> Int {
    numbers.indices.reduce(numbers.startIndex) { numbers[$1] > numbers[$0] ? $1 : $0 }
  }
}
