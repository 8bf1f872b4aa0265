internal import Configuration
package import Episodes

// Dimension key
//   D  dimension of an input      N  examples of an episode

/// Training that begins with small tasks, which grow from stage to stage until they have the size of
/// the family's.
///
/// Tasks of a stage have some active coordinates: the others of every input are zero, before targets
/// are drawn. The loss is that of the first examples only; the model never sees those that follow,
/// as it looks at none ahead.
///
/// Source: Garg et al. 2022, appendix A.2, <https://arxiv.org/abs/2208.01066>.
package struct Curriculum: Hashable, Sendable {
  /// A number that grows from stage to stage.
  package struct Growth: Hashable, Sendable {
    /// In the first stage.
    package var first: Int
    /// What every later stage adds.
    package var growth: Int

    package init(from first: Int, by growth: Int) {
      self.first = first
      self.growth = growth
    }

    /// In a stage, from zero; at most `limit`.
    func value(in stage: Int, limit: Int) -> Int {
      // The number of stages is not bounded, the number itself is.
      let (product, isLarge) = growth.multipliedReportingOverflow(by: stage)
      return isLarge ? limit : min(limit, first + min(limit, product))
    }
  }

  /// What tasks of a stage are like.
  package struct Stage: Hashable, Sendable {
    /// Coordinates of an input that are not zero, of `D`.
    package let activeDimension: Int
    /// Examples that count, of `N`.
    package let exampleCount: Int
  }

  /// Steps of a stage.
  package var interval: Int
  /// Of the active coordinates; all are from the start if nil.
  package var inputDimension: Growth?
  /// Of the examples that count; all do from the start if nil.
  package var exampleCount: Growth?

  package init(interval: Int, inputDimension: Growth? = nil, exampleCount: Growth? = nil) {
    self.interval = interval
    self.inputDimension = inputDimension
    self.exampleCount = exampleCount
  }

  /// The stage of step number `step`, from zero.
  ///
  /// - Parameter shape: of the family's episodes.
  package func stage(of step: Int, _ shape: EpisodeShape) -> Stage {
    let stage = step / interval
    return Stage(
      activeDimension: inputDimension?.value(in: stage, limit: shape.inputDimension)
        ?? shape.inputDimension,
      exampleCount: exampleCount?.value(in: stage, limit: shape.exampleCount)
        ?? shape.exampleCount)
  }
}

extension Curriculum: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case interval, inputDimension, exampleCount
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    interval = try values.value(.interval, in: 1...1_000_000_000)
    inputDimension = try values.optional(.inputDimension)
    exampleCount = try values.optional(.exampleCount)
  }
}

extension Curriculum.Growth: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case first, growth
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    first = try values.value(.first, in: 1...1_000_000_000)
    growth = try values.value(.growth, in: 1...1_000_000_000)
  }
}
