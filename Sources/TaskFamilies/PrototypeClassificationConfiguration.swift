import Configuration

/// The settings of ``PrototypeClassification``.
package struct PrototypeClassificationConfiguration: Codable, Hashable, Sendable {
  /// `C`, the number of labels, and of prototypes.
  package var classCount: Int
  /// The least number of classes that a task uses.
  package var minimumClassCount: Int
  /// `K`, the dimension of the space of prototypes.
  package var latentDimension: Int
  /// `D`, the dimension of an input.
  package var inputDimension: Int
  /// The standard deviation `s` of items around their prototype.
  package var spread: Float
  /// Whether tasks share their prototypes.
  package var base: PrototypeBase
  /// Names the prototypes of a fixed base.
  package var baseSeed: Int
  /// `N`, the number of examples of an episode.
  package var exampleCount: Int
  /// How many tasks there are; nil for no limit.
  package var taskCount: Int?
  /// Names the pool of tasks when their number is limited.
  package var poolSeed: Int

  /// The number of classes of a task is always the largest unless `minimumClassCount` is given.
  package init(
    classCount: Int = 5, minimumClassCount: Int? = nil, latentDimension: Int = 16,
    inputDimension: Int = 16, spread: Float = 0.5, base: PrototypeBase = .fixed,
    baseSeed: Int = 0, exampleCount: Int = 24, taskCount: Int? = nil, poolSeed: Int = 0
  ) {
    self.classCount = classCount
    self.minimumClassCount = minimumClassCount ?? classCount
    self.latentDimension = latentDimension
    self.inputDimension = inputDimension
    self.spread = spread
    self.base = base
    self.baseSeed = baseSeed
    self.exampleCount = exampleCount
    self.taskCount = taskCount
    self.poolSeed = poolSeed
  }

  package enum CodingKeys: String, CodingKey, CaseIterable {
    case classCount, minimumClassCount, latentDimension, inputDimension, spread, base, baseSeed
    case exampleCount, taskCount, poolSeed
  }

  /// - Throws: ``ConfigurationError`` for an unknown key or a value outside its range.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(
      keyedBy: CodingKeys.self, besides: FamilyConfiguration.siblingKeys)
    let standard = PrototypeClassificationConfiguration()
    classCount = try container.value(
      .classCount, default: standard.classCount, in: 2...PrototypeClassification.largestClassCount)
    minimumClassCount = try container.value(
      .minimumClassCount, default: classCount, in: 2...classCount)
    latentDimension = try container.value(
      .latentDimension, default: standard.latentDimension,
      in: 1...PrototypeClassification.largestLatentDimension)
    inputDimension = try container.value(
      .inputDimension, default: standard.inputDimension, in: 1...1024)
    spread = try container.value(.spread, default: standard.spread, in: 1e-3...1e3)
    base = try container.value(.base, default: standard.base)
    baseSeed = try container.value(.baseSeed, default: standard.baseSeed, in: 0...Int.max)
    exampleCount = try container.value(
      .exampleCount, default: standard.exampleCount, in: 1...4096)
    taskCount = try container.optional(.taskCount, in: 1...1 << 40)
    poolSeed = try container.value(.poolSeed, default: standard.poolSeed, in: 0...Int.max)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(classCount, forKey: .classCount)
    try container.encode(minimumClassCount, forKey: .minimumClassCount)
    try container.encode(latentDimension, forKey: .latentDimension)
    try container.encode(inputDimension, forKey: .inputDimension)
    try container.encode(spread, forKey: .spread)
    try container.encode(base, forKey: .base)
    try container.encode(baseSeed, forKey: .baseSeed)
    try container.encode(exampleCount, forKey: .exampleCount)
    try container.encode(taskCount, forKey: .taskCount)
    try container.encode(poolSeed, forKey: .poolSeed)
  }
}
