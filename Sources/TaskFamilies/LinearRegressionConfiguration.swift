import Configuration

/// The settings of ``LinearRegression``.
package struct LinearRegressionConfiguration: Codable, Hashable, Sendable {
  /// `D`, the dimension of an input.
  package var dimension: Int
  /// `N`, the number of examples of an episode.
  package var exampleCount: Int
  /// The standard deviation `σ` of the noise on targets.
  package var noise: Float
  /// The standard deviation of every coordinate of an input.
  package var inputScale: Float
  /// How many tasks there are; nil for no limit.
  package var taskCount: Int?
  /// Names the pool of tasks when their number is limited.
  package var poolSeed: Int

  package init(
    dimension: Int = 5, exampleCount: Int = 11, noise: Float = 0, inputScale: Float = 1,
    taskCount: Int? = nil, poolSeed: Int = 0
  ) {
    self.dimension = dimension
    self.exampleCount = exampleCount
    self.noise = noise
    self.inputScale = inputScale
    self.taskCount = taskCount
    self.poolSeed = poolSeed
  }

  package enum CodingKeys: String, CodingKey, CaseIterable {
    case dimension, exampleCount, noise, inputScale, taskCount, poolSeed
  }

  /// - Throws: ``ConfigurationError`` for an unknown key or a value outside its range.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(
      keyedBy: CodingKeys.self, besides: FamilyConfiguration.siblingKeys)
    let standard = LinearRegressionConfiguration()
    dimension = try container.value(.dimension, default: standard.dimension, in: 1...1024)
    exampleCount = try container.value(
      .exampleCount, default: standard.exampleCount, in: 1...4096)
    noise = try container.value(.noise, default: standard.noise, in: 0...1000)
    inputScale = try container.value(.inputScale, default: standard.inputScale, in: 1e-3...1e3)
    taskCount = try container.optional(.taskCount, in: 1...1 << 40)
    poolSeed = try container.value(.poolSeed, default: standard.poolSeed, in: 0...Int.max)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(dimension, forKey: .dimension)
    try container.encode(exampleCount, forKey: .exampleCount)
    try container.encode(noise, forKey: .noise)
    try container.encode(inputScale, forKey: .inputScale)
    try container.encode(taskCount, forKey: .taskCount)
    try container.encode(poolSeed, forKey: .poolSeed)
  }
}
