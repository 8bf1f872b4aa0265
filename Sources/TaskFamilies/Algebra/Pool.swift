import Baselines
package import Configuration
import Episodes
import RandomKeys

/// A finite number of the tasks of another family.
///
/// The tasks are never stored: task `i` is what its key draws, whenever it is drawn. A pool of `2m`
/// tasks contains the pool of `m` tasks of the same seed.
///
/// Source: Raventós et al. 2023, section 2, <https://arxiv.org/abs/2306.15063>.
package struct Pool: DerivedSettings {
  package static let kind = FamilyKind.pool
  package static let description = FamilyDescription(
    "A limited number of the tasks of another family, drawn again and again.",
    source: "Raventós et al. 2023, section 2", link: "https://arxiv.org/abs/2306.15063",
    oracle: "discreteMinimumMeanSquaredError of functions, hiddenMarkovPosterior of Markov chains, "
      + "over the tasks of the pool; else that of the family")

  package var taskCount = 1024
  package var seed = 0
  package var family = FamilyConfiguration(LinearRegression())

  package static let settings: [Setting<Self>] = [
    Setting("taskCount", \.taskCount, in: 1...1 << 40, "how many tasks there are"),
    Setting("seed", \.seed, in: 0...Int.max, "names the tasks"),
    Setting(family: \.family),
  ]

  package init() {}

  package var unlimited: FamilyConfiguration { family.unlimited }

  package func makeFamily() throws -> any TaskFamily {
    PooledFamily(try family.makeFamily(), settings: self)
  }
}

/// The family that a ``Pool`` describes.
private struct PooledFamily: DerivedFamily {
  let family: any TaskFamily
  let taskCount: Int
  /// Names the tasks.
  let key: RandomKey

  init(_ family: any TaskFamily, settings: Pool) {
    self.family = family
    taskCount = settings.taskCount
    // Apart from the streams that others fold out of the same seed: "taskpool" in ASCII.
    key = RandomKey(seed: UInt64(settings.seed)).folded(with: 0x7461_736B_706F_6F6C as UInt64)
  }

  /// What it draws is not a change of its own: the episodes are those of the family.
  var depth: Int { family.depth }

  func drawTask(_ key: RandomKey, into episode: inout Episode) {
    family.drawTask(
      self.key.folded(with: key.uniformInteger(below: taskCount)), into: &episode)
  }

  /// The most numbers of latents that an oracle is given, 64 MiB of them.
  private static let largestTable = 1 << 24

  func oracle(under conditions: OracleConditions) -> any InContextLearner {
    var conditions = conditions
    if taskCount * episodeShape.latentCount <= Self.largestTable {
      var episode = makeEpisode()
      conditions.tasks = (0..<taskCount).map { index in
        family.drawTask(key.folded(with: index), into: &episode)
        return episode.latent
      }
    }
    return family.oracle(under: conditions)
  }
}
