import Episodes
import Foundation
import Storage
import Tensors

/// A small checkpoint with tensors that share axis names, scalars and numbers that are easily lost.
func sampleCheckpoint(step: Int = 1000) -> Checkpoint {
  func tensor(_ name: String, _ axes: [String], _ extents: [Int], from start: Float) -> NamedTensor
  {
    let shape = Shape(extents)
    let elements = (0..<shape.count).map { start + Float($0) / 3 }
    return NamedTensor(name: name, axes: axes, tensor: Tensor(shape: shape, elements: elements))
  }
  var odd = tensor("readout.bias", ["output"], [4], from: 0)
  odd.tensor.elements = [-0.0, .infinity, .leastNonzeroMagnitude, Float(step)]
  let parameters = [
    tensor("tokens.weight", ["input", "feature"], [3, 4], from: 1),
    tensor("blocks.1.query.weight", ["input", "output"], [4, 2], from: 2),
    tensor("blocks.0.query.weight", ["input", "output"], [4, 2], from: 3),
    odd,
    tensor("temperature", [], [], from: 5),
  ]
  return Checkpoint(
    step: step, experiment: "seed: 7\nname: 学ぶ\n", seed: .max - 1, parameters: parameters,
    optimizerState: ["secondMoment": parameters.reversed(), "firstMoment": parameters],
    metricsOffset: 123, software: "Manabi 0.1.0")
}

/// Episodes of four examples in two dimensions, or of four tokens, all different.
func sampleEpisodes(
  _ count: Int = 3, target: TargetKind = .real, latentCount: Int = 2
) -> EpisodeArrays {
  let shape = EpisodeShape(
    exampleCount: 4, inputDimension: target.isSequence ? 1 : 2, target: target,
    latentCount: latentCount)
  let episodes = (0..<count).map { index in
    var episode = Episode(shape: shape)
    for i in episode.inputs.indices {
      episode.inputs[i] =
        target.isSequence ? Float((i + index + 2) % target.width) : Float(i) / 7 - Float(index)
    }
    for i in episode.targets.indices {
      episode.targets[i] = target == .real ? Float(i) / 3 : Float((i + index) % target.width)
    }
    for i in episode.latent.indices { episode.latent[i] = Float(i - index) }
    return episode
  }
  return EpisodeArrays(shape: shape, episodes: episodes)
}

/// What a set of such episodes says of itself.
func sampleDescription(of episodes: EpisodeArrays, seed: UInt64 = 9) -> TaskSetDescription {
  TaskSetDescription(
    origin: .family(yaml: "kind: linearRegression\ndimension: 2\n", seed: seed, key: [1, .max]),
    shape: episodes.shape, episodeCount: episodes.count, software: "Manabi 0.1.0")
}

/// Three episodes in one shard.
func sampleTaskSet(target: TargetKind = .real, latentCount: Int = 2) -> TaskSetShard {
  let episodes = sampleEpisodes(target: target, latentCount: latentCount)
  return TaskSetShard(whole: sampleDescription(of: episodes), episodes: episodes)
}

/// Writes episodes as a task set with at most `length` of them in a shard.
@discardableResult
func writeSample(
  _ episodes: EpisodeArrays, to path: String, shardLength length: Int, seed: UInt64 = 9,
  replaces: Bool = false, fileSystem: any FileSystem = POSIXFileSystem()
) throws -> String? {
  try TaskSetWriter.write(
    to: path, sampleDescription(of: episodes, seed: seed),
    shardBytes: length * episodes.shape.byteCount, replaces: replaces, fileSystem: fileSystem
  ) { writer in
    for shard in writer.shards {
      try writer.append(
        EpisodeArrays(shape: episodes.shape, episodes: shard.map { episodes.episode($0) }))
    }
    return true
  }
}

/// A folder that is there while `body` runs.
func withTemporaryDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("manabi-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

extension Checkpoint {
  /// The file as it is written.
  func sealedBytes() throws -> [UInt8] {
    try withTemporaryDirectory { directory in
      try write(to: "\(directory)/c.h5")
      return try POSIXFileSystem().read("\(directory)/c.h5")
    }
  }
}

extension TaskSetShard {
  /// The file as it is written.
  func sealedBytes() throws -> [UInt8] {
    try withTemporaryDirectory { directory in
      try write(to: "\(directory)/t.h5")
      return try POSIXFileSystem().read("\(directory)/t.h5")
    }
  }
}

/// The digests of the sample checkpoint and the sample task set.
func sampleDigests() throws -> [String] {
  try [sampleCheckpoint().sealedBytes(), sampleTaskSet().sealedBytes()].map {
    try SealedFile(verifying: $0, path: "").digest
  }
}
