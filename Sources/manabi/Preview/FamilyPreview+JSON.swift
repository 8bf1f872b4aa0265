import Episodes
import TaskFamilies

extension FamilyPreview: Encodable {
  private enum CodingKeys: String, CodingKey {
    case family, seed, examples, inputDimension, targets, classes, episodes
  }

  /// One task's examples, as numbers.
  private struct EpisodeEntry: Encodable {
    /// `[N][D]`
    let inputs: [[Float]]
    /// `[N]`
    let targets: [Float]
    /// `[L]`
    let latent: [Float]

    init(_ episode: Episode) {
      let width = episode.shape.inputDimension
      inputs = stride(from: 0, to: episode.inputs.count, by: width).map { start in
        Array(episode.inputs[start..<start + width])
      }
      targets = episode.targets
      latent = episode.latent
    }
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(configuration, forKey: .family)
    try values.encode(seed, forKey: .seed)
    try values.encode(shape.exampleCount, forKey: .examples)
    try values.encode(shape.inputDimension, forKey: .inputDimension)
    try values.encode(targetName, forKey: .targets)
    try values.encodeIfPresent(classCount, forKey: .classes)
    try values.encode(episodes.map { EpisodeEntry($0) }, forKey: .episodes)
  }

  private var targetName: String {
    switch shape.target {
    case .real: "real"
    case .classes: "classes"
    case .tokens: "tokens"
    }
  }
}
