package import Baselines
package import Episodes
package import RandomKeys

/// A family that is made of one other and differs in some of its stages.
package protocol DerivedFamily: TaskFamily {
  var family: any TaskFamily { get }
}

extension DerivedFamily {
  package var episodeShape: EpisodeShape { family.episodeShape }
  package var weights: Range<Int>? { family.weights }
  package var functions: (any FunctionFamily)? { family.functions }
  package var depth: Int { family.depth + 1 }
  package var baselines: [any InContextLearner] { family.baselines }

  package func makeEpisode() -> Episode { family.makeEpisode() }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    family.drawTask(key, into: &episode)
  }

  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    family.drawInputs(key, into: &episode)
  }

  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    family.drawTargets(key, into: &episode)
  }

  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    family.oracle(under: conditions)
  }
}
