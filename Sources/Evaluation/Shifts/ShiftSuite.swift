package import Baselines
package import Episodes
package import RandomKeys
package import TaskFamilies

/// The shifts that fit a family, each with the tasks that it makes.
package struct ShiftSuite: Sendable {
  package let family: FamilyConfiguration
  /// Beginning with no shift at all.
  package let shifts: [(shift: PublishedShift, shifted: FamilyConfiguration)]

  /// - Parameters:
  ///   - family: the tasks without a shift.
  ///   - targetScale: the root of their mean squared target, if targets are real.
  package init(of family: FamilyConfiguration, targetScale: Double) {
    self.family = family
    shifts = PublishedShift.all.compactMap { shift in
      shift.applied(to: family, targetScale: Float(targetScale)).map { (shift, $0) }
    }
  }

  /// - Parameters:
  ///   - family: the tasks without a shift.
  ///   - key: names the tasks by which the size of targets is measured.
  /// - Throws: what keeps the family from being prepared.
  package init(of family: FamilyConfiguration, key: RandomKey) throws {
    self.init(of: family, targetScale: try Self.targetScale(of: family, key: key))
  }

  /// The root of the mean squared target of a family; 1 for classes.
  ///
  /// - Throws: what keeps the family from being prepared.
  package static func targetScale(of family: FamilyConfiguration, key: RandomKey) throws -> Double {
    let tasks = try family.makeFamily()
    let rule = ScoringRule(tasks.episodeShape)
    let count = 1024
    var squares = 0.0
    for index in 0..<count {
      squares += rule.targetSquares(of: [tasks.episode(key.folded(with: index))])
    }
    return rule.divisor(targetSquares: squares, episodeCount: count).squareRoot()
  }

  /// Measures a model under every shift.
  ///
  /// - Parameters:
  ///   - model: reads episodes as long as the family's, and shorter ones.
  ///   - episodeCount: under each shift, at least 1.
  ///   - key: of episodes and intervals, the same for every shift.
  ///   - report: told which shift comes next, and how many are done.
  /// - Throws: ``EvaluationError`` if a prediction is not finite; what a learner throws.
  package func measurements(
    of model: any InContextLearner, episodeCount: Int, key: RandomKey,
    report: (_ done: Int, _ next: String) -> Void = { _, _ in }
  ) throws -> [ShiftMeasurement] {
    let lengths = Self.queryLengths(of: family.episodeShape)
    return try shifts.enumerated().map { index, entry in
      report(index, entry.shift.name)
      return try ShiftMeasurement(
        entry.shift, of: family, to: entry.shifted, model: model, lengths: lengths,
        episodeCount: episodeCount, key: key)
    }
  }

  /// Context lengths at which shifts are compared: about half as many examples as dimensions, as
  /// many, and the longest context, where such exist.
  package static func lengths(of shape: EpisodeShape) -> [Int] {
    let longest = shape.exampleCount - 1
    let dimension = shape.inputDimension
    let wishes =
      dimension < longest
      ? [dimension / 2, dimension, longest] : [longest / 4, longest / 2, longest]
    return Array(Set(wishes.filter { $0 > 0 })).sorted()
  }

  /// Context lengths at which shifts that concern the query are measured: those above, every power
  /// of two, and the longest context of vectors that can all be orthogonal to a query.
  package static func queryLengths(of shape: EpisodeShape) -> [Int] {
    let longest = shape.exampleCount - 1
    let powers = sequence(first: 1) { 2 * $0 }.prefix { $0 <= longest }
    let others = [shape.inputDimension - 1].filter { 1...max(1, longest) ~= $0 }
    return Array(Set(lengths(of: shape) + powers + others)).sorted()
  }
}
