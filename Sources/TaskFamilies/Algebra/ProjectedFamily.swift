import Baselines
import Episodes
import RandomKeys

/// The family that an ``InputProjection`` describes.
struct ProjectedFamily: DerivedFamily {
  /// Three numbers of twenty bits name a matrix.
  static let ownLatentCount = 3
  private static let bitCount = 20

  let family: any TaskFamily
  let episodeShape: EpisodeShape

  /// Targets are functions of inputs that the projection hides.
  var weights: Range<Int>? { nil }
  var functions: (any FunctionFamily)? { nil }
  private var innerLatentCount: Int { episodeShape.latentCount - Self.ownLatentCount }

  /// The family's own examples are drawn into a part of the episode.
  func makeEpisode() -> Episode {
    Episode(shape: episodeShape, parts: [family.makeEpisode()])
  }

  func drawTask(_ key: RandomKey, into episode: inout Episode) {
    family.drawTask(key, into: &episode.parts[0])
    let count = innerLatentCount
    for i in 0..<count { episode.latent[i] = episode.parts[0].latent[i] }
    var name = key.folded(forChangeAt: depth)
      .uniformInteger(below: 1 << (Self.ownLatentCount * Self.bitCount))
    for i in 0..<Self.ownLatentCount {
      episode.latent[count + i] = Float(name & (1 << Self.bitCount - 1))
      name >>= Self.bitCount
    }
  }

  /// Draws the targets too, as they belong to inputs that the projection hides.
  func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    for i in 0..<innerLatentCount { episode.parts[0].latent[i] = episode.latent[i] }
    family.drawInputs(key, into: &episode.parts[0])
    family.drawTargets(key, into: &episode.parts[0])
    let matrix = matrix(episode.latent)
    let inputs = episode.parts[0].inputs
    var projected = episode.inputs.mutableSpan
    matrix.project(inputs.span, into: &projected)
    swap(&episode.targets, &episode.parts[0].targets)
  }

  /// Nothing: the targets were drawn with the inputs.
  func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  private func matrix(_ latent: [Float]) -> RandomMatrix {
    var name: UInt64 = 0
    for i in (0..<Self.ownLatentCount).reversed() {
      name = name << Self.bitCount | UInt64(latent[innerLatentCount + i])
    }
    // "projects" in ASCII.
    let key = RandomKey(seed: name).folded(with: 0x7072_6F6A_6563_7473 as UInt64)
    return RandomMatrix(
      rowCount: episodeShape.inputDimension, columnCount: family.episodeShape.inputDimension,
      key: key)
  }

  func oracle(under conditions: OracleConditions) -> any InContextLearner {
    switch episodeShape.target {
    case .real: RidgeRegression(penalty: 0.1 + conditions.addedVariance)
    case .classes, .tokens: NearestCentroid()
    }
  }

  var baselines: [any InContextLearner] {
    switch episodeShape.target {
    case .real: [ZeroPredictor(), NearestNeighbors(3), LeastSquares()]
    case .classes, .tokens: episodeShape.classifiers
    }
  }
}
