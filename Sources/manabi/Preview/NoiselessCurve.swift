import Configuration
import Episodes
import RandomKeys
import Reporting
import TaskFamilies

/// The function of one number that a task is, on a fine grid.
struct NoiselessCurve {
  /// The family without noise on targets, if it is one of functions of one number.
  private let family: any TaskFamily
  private static let gridCount = 240

  /// - Throws: what keeps the family from being prepared.
  init?(_ configuration: FamilyConfiguration) throws {
    let shape = configuration.episodeShape
    guard shape.target == .real, shape.inputDimension == 1 else { return nil }
    family = try Self.withoutNoise(configuration).makeFamily()
  }

  /// The curve of an episode's task over its inputs; none if its targets depend on more than the
  /// task and their input.
  ///
  /// - Parameter key: the one that names the episode.
  func points(of episode: Episode, key: RandomKey) -> [ScatterChart.Point] {
    guard let least = episode.inputs.min(), let largest = episode.inputs.max(), least < largest
    else { return [] }
    var drawn = family.makeEpisode()
    family.drawTask(key.folded(with: .task), into: &drawn)
    let straight = targets(of: episode.inputs, key, &drawn)
    // A function gives the same targets in another order, under any key.
    let reversed = targets(of: episode.inputs.reversed(), key.folded(with: 1), &drawn)
    guard straight == reversed.reversed() else { return [] }
    let step = (largest - least) / Float(Self.gridCount - 1)
    let grid = (0..<Self.gridCount).map { least + step * Float($0) }
    return zip(grid, targets(of: grid, key, &drawn)).map { input, target in
      ScatterChart.Point(x: Double(input), y: Double(target))
    }
  }

  /// What the task in the latent of an episode makes of some inputs, as many at a time as the
  /// episode holds.
  private func targets(of inputs: [Float], _ key: RandomKey, _ drawn: inout Episode) -> [Float] {
    let size = drawn.inputs.count
    var targets: [Float] = []
    for start in stride(from: 0, to: inputs.count, by: size) {
      let end = min(start + size, inputs.count)
      for i in start..<end { drawn.inputs[i - start] = inputs[i] }
      family.drawTargets(key, into: &drawn)
      targets += drawn.targets[..<(end - start)]
    }
    return targets
  }

  /// The same tasks with the setting `noise`, if there is one, at zero.
  private static func withoutNoise(
    _ configuration: FamilyConfiguration
  ) throws -> FamilyConfiguration {
    var document = try ConfigurationDocument(encoding: configuration, name: "")
    guard document.contains("noise") else { return configuration }
    try document.override("noise=0")
    return try document.decode()
  }
}
