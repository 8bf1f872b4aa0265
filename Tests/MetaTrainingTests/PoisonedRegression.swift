import Baselines
import Configuration
import Episodes
import MetaTraining
import RandomKeys
import TaskFamilies

/// Linear regression of which one episode of a run goes wrong.
struct PoisonedRegression: FamilySettings, TaskFamily {
  enum Poison: CaseIterable {
    /// An input that is not a number: loss and gradient become so.
    case input
    /// A target so large that its square overflows: the loss is infinite.
    case loss

    func spoil(_ episode: inout Episode) {
      switch self {
      case .input: episode.inputs[1] = .nan
      case .loss: episode.targets[0] = 1e30
      }
    }
  }

  static let kind = FamilyKind.linearRegression
  static let description = LinearRegression.description
  static let settings: [Setting<Self>] = [
    Setting("dimension", \.regression.dimension, in: 1...8, "dimension of an input"),
    Setting("exampleCount", \.regression.exampleCount, in: 1...64, "examples of an episode"),
  ]

  var regression = LinearRegression()
  var poison = Poison.input
  var poisoned: RandomKey?

  init() {}

  /// - Parameters:
  ///   - poison: what goes wrong.
  ///   - step: from zero.
  ///   - episode: of its batch.
  ///   - seed: of the run.
  init(_ poison: Poison, step: Int, episode: Int, seed: Int) {
    regression.dimension = 2
    regression.exampleCount = 5
    self.poison = poison
    poisoned = RunStream.training.key(seed: seed).folded(with: step).folded(with: episode)
  }

  var episodeShape: EpisodeShape { regression.episodeShape }
  var weights: Range<Int>? { regression.weights }
  var baselines: [any InContextLearner] { regression.baselines }

  func drawTask(_ key: RandomKey, into episode: inout Episode) {
    regression.drawTask(key, into: &episode)
  }

  func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    regression.drawInputs(key, into: &episode)
  }

  func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    regression.drawTargets(key, into: &episode)
    if key == poisoned { poison.spoil(&episode) }
  }

  func oracle(under conditions: OracleConditions) -> any InContextLearner {
    regression.oracle(under: conditions)
  }
}
