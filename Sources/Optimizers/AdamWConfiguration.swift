package import ComputeGraph
internal import Configuration

/// AdamW with linear warm-up, cosine decay and clipping of the gradient's norm.
///
/// Source: Loshchilov and Hutter 2019, algorithm 2, <https://arxiv.org/abs/1711.05101>; every
/// parameter decays.
package struct AdamWConfiguration: Hashable, Sendable {
  /// The largest learning rate, reached after the warm-up.
  package let learningRate: Float
  /// Steps over which the learning rate rises from zero.
  package let warmupSteps: Int
  /// The learning rate at the last step, as a share of the largest; 1 keeps it constant.
  package let finalShare: Float
  package let firstDecay: Float
  package let secondDecay: Float
  package let epsilon: Float
  package let weightDecay: Float
  /// The norm to which larger gradients are scaled down; `nil` for none.
  package let maximumNorm: Float?

  package init(
    learningRate: Float = 1e-3, warmupSteps: Int = 300, finalShare: Float = 0,
    firstDecay: Float = 0.9, secondDecay: Float = 0.999, epsilon: Float = 1e-8,
    weightDecay: Float = 0.01, maximumNorm: Float? = 1
  ) {
    self.learningRate = learningRate
    self.warmupSteps = warmupSteps
    self.finalShare = finalShare
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.maximumNorm = maximumNorm
  }

  /// The update as engines run it.
  package var program: UpdateProgram {
    UpdateProgram(
      maximumNorm: maximumNorm,
      rule: AdamWRule(
        firstDecay: firstDecay, secondDecay: secondDecay, epsilon: epsilon,
        weightDecay: weightDecay))
  }
}

extension AdamWConfiguration: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case learningRate, warmupSteps, finalShare, firstDecay, secondDecay, epsilon, weightDecay
    case maximumNorm
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    learningRate = try values.value(.learningRate, default: 1e-3, in: 0...100)
    warmupSteps = try values.value(.warmupSteps, default: 300, in: 0...1_000_000_000)
    finalShare = try values.value(.finalShare, default: 0, in: 0...1)
    firstDecay = try values.value(.firstDecay, default: 0.9, in: 0...0.999_999)
    secondDecay = try values.value(.secondDecay, default: 0.999, in: 0...0.999_999)
    epsilon = try values.value(.epsilon, default: 1e-8, in: 1e-30...1)
    weightDecay = try values.value(.weightDecay, default: 0.01, in: 0...100)
    maximumNorm = try values.optional(.maximumNorm, default: 1, in: 1e-12...1e12)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(learningRate, forKey: .learningRate)
    try values.encode(warmupSteps, forKey: .warmupSteps)
    try values.encode(finalShare, forKey: .finalShare)
    try values.encode(firstDecay, forKey: .firstDecay)
    try values.encode(secondDecay, forKey: .secondDecay)
    try values.encode(epsilon, forKey: .epsilon)
    try values.encode(weightDecay, forKey: .weightDecay)
    // Written even when absent, so that a resolved experiment names every setting.
    try values.encode(maximumNorm, forKey: .maximumNorm)
  }
}
