import Baselines
package import Configuration
package import Episodes
import RandomKeys

/// Tasks of several families, each met with its share of the weights.
///
/// The latent holds the number of the family, then that family's latent, then zeros.
///
/// Source: Panwar et al. 2024, "In-context learning through the Bayesian prism",
/// <https://arxiv.org/abs/2306.04891>.
package struct Mixture: FamilySettings {
  package static let kind = FamilyKind.mixture
  package static let group = FamilyGroup.derived
  package static let description = FamilyDescription(
    "Tasks of several families, each met with its share of the weights.",
    source: "Panwar et al. 2024", link: "https://arxiv.org/abs/2306.04891",
    oracle: "posteriorBlend: the families' oracles, weighted by how well they explained the context"
  )

  package var members = [
    Member(),
    Member(weight: 1, family: FamilyConfiguration(ScaledWeights(of: LinearRegression()))),
  ]

  package static let settings: [Setting<Self>] = [
    Setting(
      "members", required: \.members, limits: "a list of {weight, family}",
      "the families, whose episodes have the same extents")
  ]

  package init() {}

  package init(_ members: [Member]) { self.members = members }

  package func check() throws(SettingProblem) {
    guard let first = members.first?.family.episodeShape, members.count <= 64 else {
      throw SettingProblem("members", "from 1 to 64 families are expected")
    }
    for (index, member) in members.enumerated() {
      let shape = member.family.episodeShape
      guard shape.exampleCount == first.exampleCount,
        shape.inputDimension == first.inputDimension, shape.target == first.target
      else {
        throw SettingProblem(
          "members",
          "number \(index + 1) draws \(shape.summary), where the first draws \(first.summary)")
      }
    }
  }

  package var episodeShape: EpisodeShape {
    let shapes = members.map(\.family.episodeShape)
    return EpisodeShape(
      exampleCount: shapes[0].exampleCount, inputDimension: shapes[0].inputDimension,
      target: shapes[0].target, latentCount: 1 + (shapes.map(\.latentCount).max() ?? 0))
  }

  package var unlimited: FamilyConfiguration {
    FamilyConfiguration(
      Mixture(members.map { Member(weight: $0.weight, family: $0.family.unlimited) }))
  }

  /// Other data for the members that have some.
  package var anotherBase: FamilyConfiguration? {
    let others = members.map(\.family.anotherBase)
    guard others.contains(where: { $0 != nil }) else { return nil }
    return FamilyConfiguration(
      Mixture(zip(members, others).map { Member(weight: $0.weight, family: $1 ?? $0.family) }))
  }

  package func makeFamily() throws -> any TaskFamily {
    MixedFamily(
      members: try members.map { try $0.family.makeFamily() }, weights: members.map(\.weight),
      episodeShape: episodeShape)
  }
}

extension Mixture {
  /// One of the families of a mixture.
  package struct Member: Settings {
    /// Its share, relative to those of the others.
    package var weight: Float = 1
    package var family = FamilyConfiguration(LinearRegression())

    package static let settings: [Setting<Self>] = [
      Setting("weight", \.weight, in: 1e-6...1e6, "its share, relative to the others"),
      Setting(family: \.family),
    ]

    package init() {}

    package init(weight: Float, family: FamilyConfiguration) {
      self.weight = weight
      self.family = family
    }
  }
}

/// The family that a ``Mixture`` describes. Each member draws into a part of its own.
private struct MixedFamily: TaskFamily {
  let members: [any TaskFamily]
  let memberWeights: [Float]
  /// The share of each member and of those before it.
  let shares: [Float]
  let episodeShape: EpisodeShape

  init(members: [any TaskFamily], weights: [Float], episodeShape: EpisodeShape) {
    self.members = members
    self.episodeShape = episodeShape
    memberWeights = weights
    var sum: Float = 0
    let total = weights.reduce(0, +)
    shares = weights.map { weight in
      sum += weight
      return sum / total
    }
  }

  var depth: Int { 1 + (members.map(\.depth).max() ?? 0) }

  func makeEpisode() -> Episode {
    Episode(shape: episodeShape, parts: members.map { $0.makeEpisode() })
  }

  func drawTask(_ key: RandomKey, into episode: inout Episode) {
    let place = Float(key.folded(forChangeAt: depth).uniformInteger(below: 1 << 24)) * 0x1p-24
    let member = shares.firstIndex { place < $0 } ?? members.count - 1
    members[member].drawTask(key, into: &episode.parts[member])
    let latent = episode.parts[member].latent
    var own = episode.latent.mutableSpan
    own[0] = Float(member)
    own.copy(latent.span, to: 1)
    for i in 1 + latent.count..<own.count { own[i] = 0 }
  }

  func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    let member = Int(episode.latent[0])
    let latent = episode.latent
    var own = episode.parts[member].latent.mutableSpan
    own.copy(latent.span.extracting(1..<1 + own.count))
    members[member].drawInputs(key, into: &episode.parts[member])
    episode.copyExamples(from: member)
  }

  func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let member = Int(episode.latent[0])
    // What was changed since they were drawn.
    episode.copyExamples(to: member)
    members[member].drawTargets(key, into: &episode.parts[member])
    episode.copyExamples(from: member)
  }

  /// The variance that the blend adds to exact targets, which have no density.
  private static let leastVariance = 1e-4

  /// The blend of the members' oracles, or the first one if one of them cannot say how likely targets
  /// are.
  func oracle(under conditions: OracleConditions) -> any InContextLearner {
    var conditions = conditions
    if blend(under: conditions) == nil { conditions.addedVariance += Self.leastVariance }
    return blend(under: conditions) ?? members[0].oracle(under: conditions)
  }

  private func blend(under conditions: OracleConditions) -> PosteriorBlend? {
    let learners = members.compactMap {
      $0.oracle(under: conditions) as? any ProbabilisticLearner
    }
    guard learners.count == members.count else { return nil }
    return PosteriorBlend(
      members: zip(memberWeights, learners).map { (weight: Double($0), learner: $1) })
  }

  var baselines: [any InContextLearner] { members[0].baselines }
}
