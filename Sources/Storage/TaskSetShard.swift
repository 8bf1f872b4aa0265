// Dimension key
//   E  episodes of the shard     N  examples in an episode     D  dimension of an input     L
//   numbers of a latent task

import Episodes
import HDF5

/// The episodes of a task set that lie in one file.
///
/// In the file, `inputs`, `targets` and `latents` are datasets of the root with the dimensions
/// `episode`, `example`, `feature` and `latent`. Class and token targets are 32-bit
/// integers. Attributes of
/// the root describe the whole set and the place of this shard in it, so that a shard can be read
/// alone.
package struct TaskSetShard: Equatable, Sendable {
  package let set: TaskSetDescription
  /// From zero.
  package let index: Int
  /// How many shards the set has.
  package let shardCount: Int
  /// The number of the first episode within the set.
  package let firstEpisode: Int
  package let episodes: EpisodeArrays

  /// - Parameters:
  ///   - set: what it is part of.
  ///   - index: its number, from zero.
  ///   - episodes: as many as the partition gives it.
  init(
    of set: TaskSetDescription, _ partition: TaskSetPartition, index: Int, episodes: EpisodeArrays
  ) {
    let range = partition.episodes(ofShard: index)
    precondition(episodes.count == range.count && episodes.shape == set.shape)
    self.set = set
    self.index = index
    self.episodes = episodes
    shardCount = partition.shardCount
    firstEpisode = range.lowerBound
  }

  /// A whole set in one shard.
  package init(whole set: TaskSetDescription, episodes: EpisodeArrays) {
    let count = set.episodeCount
    self.init(
      of: set, TaskSetPartition(episodeCount: count, shardLength: count), index: 0,
      episodes: episodes)
  }

  /// The partition of the set, as far as this shard shows it.
  var partition: TaskSetPartition {
    let isLast = index == shardCount - 1 && index > 0
    return TaskSetPartition(
      episodeCount: set.episodeCount, shardLength: isLast ? firstEpisode / index : episodes.count)
  }

  var part: Seal.Part {
    Seal.Part(
      index: index, count: shardCount,
      series: set.series(shardLength: partition.shardLength))
  }
}

extension TaskSetShard {
  /// The file, whose bytes depend on the content alone.
  ///
  /// - Throws: `HDF5Error` if memory runs out.
  /// - Complexity: O(E·N·D)
  func image() throws -> ImageToSeal {
    let file = try File(capacity: episodes.count * set.shape.byteCount + 1 << 16)
    let root = try file.root()
    try writeAttributes(to: root)
    let (count, shape) = (episodes.count, set.shape)
    var scales = DimensionScales()
    func add<Element: DatasetElement>(
      _ name: String, _ elements: [Element], _ dimensions: KeyValuePairs<String, Int>
    ) throws(HDF5Error) {
      let dataset = try root.createDataset(
        name, extents: dimensions.map(\.value), elements: elements)
      let names = dimensions.map(\.key)
      try dataset.setAttribute("dims", names.joined(separator: ","))
      try scales.attach(names, to: dataset, in: root)
    }
    try add(
      "inputs", episodes.inputs,
      ["episode": count, "example": shape.exampleCount, "feature": shape.inputDimension])
    let targetAxes: KeyValuePairs = ["episode": count, "example": shape.exampleCount]
    switch shape.target {
    case .real: try add("targets", episodes.targets, targetAxes)
    case .classes, .tokens: try add("targets", episodes.targets.map { Int32($0) }, targetAxes)
    }
    if shape.latentCount > 0 {
      try add("latents", episodes.latents, ["episode": count, "latent": shape.latentCount])
    }
    try scales.listUses(in: root)
    return ImageToSeal(file, as: .taskSet, part: part)
  }

  private func writeAttributes(to root: borrowing Group) throws(HDF5Error) {
    switch set.origin {
    case .family(let yaml, let seed, let key):
      try root.setAttribute("family", yaml)
      try root.setAttribute("seed", seed)
      try root.setAttribute("key", key.map { String($0) }.joined(separator: " "))
    case .imported(let source):
      try root.setAttribute("source", source)
    }
    switch set.shape.target {
    case .real: try root.setAttribute("target", "real")
    case .classes(let count), .tokens(let count):
      let kind = set.shape.target.isSequence ? "tokens" : "classes"
      try root.setAttribute("target", kind)
      try root.setAttribute(kind, count)
    }
    try root.setAttribute("software", set.software)
    try root.setAttribute("episodes", set.episodeCount)
    try root.setAttribute("first_episode", firstEpisode)
    try root.setAttribute("shard", index)
    try root.setAttribute("shards", shardCount)
  }

  /// Writes the shard so that afterwards the path holds all of it, on the disk, or what it held
  /// before.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func write(
    to path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws {
    try image().write(to: path, fileSystem: fileSystem)
  }

  /// Reads a shard whose seal holds.
  ///
  /// - Throws: ``StorageError`` if the file is missing, damaged or no part of a task set.
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    try self.init(try SealedFile(contentsOf: path, fileSystem: fileSystem), path: path)
  }

  /// Reads a shard, and whether its seal names the set that it belongs to.
  ///
  /// - Throws: ``StorageError/notOurs(path:reason:)`` if it does not, or the file is no part of a
  ///   task set.
  init(_ file: SealedFile, path: String) throws(StorageError) {
    self = try file.open(as: .taskSet, path: path) { root in try TaskSetShard(root, path: path) }
    guard file.seal.part == part else {
      throw .notOurs(path: path, reason: "its seal and its attributes name different sets")
    }
  }

  private init(_ root: borrowing Group, path: String) throws {
    let inputs = try root.dataset("inputs")
    let extents = try inputs.extents()
    let hasLatents = try root.contains("latents")
    let latentExtents =
      hasLatents ? try root.dataset("latents").extents() : [extents.first ?? 0, 0]
    let targets = try root.dataset("targets")
    guard extents.count == 3, extents.min() ?? 0 > 0, latentExtents.count == 2,
      try targets.extents() == Array(extents.prefix(2)), latentExtents[0] == extents[0]
    else { throw StorageError.notOurs(path: path, reason: "its arrays do not fit together") }
    let target: TargetKind =
      switch try root.text("target") {
      case "real": .real
      case "tokens": .tokens(try root.integer("tokens"))
      default: .classes(try root.integer("classes"))
      }
    guard !target.isSequence || extents[2] == 1 else {
      throw StorageError.notOurs(path: path, reason: "its tokens are not one number each")
    }
    let shape = EpisodeShape(
      exampleCount: extents[1], inputDimension: extents[2], target: target,
      latentCount: latentExtents[1])
    index = try root.integer("shard")
    shardCount = try root.integer("shards")
    firstEpisode = try root.integer("first_episode")
    let total = try root.integer("episodes")
    guard 0..<shardCount ~= index, firstEpisode >= 0, total - extents[0] >= firstEpisode,
      index == 0 || firstEpisode > 0 && firstEpisode % index == 0
    else { throw StorageError.notOurs(path: path, reason: "its place in its set makes no sense") }
    set = TaskSetDescription(
      origin: try Self.origin(root), shape: shape, episodeCount: total,
      software: try root.text("software"))
    episodes = EpisodeArrays(
      shape: shape, inputs: try inputs.elements(),
      targets: target == .real
        ? try targets.elements() : try targets.elements(of: Int32.self).map { Float($0) },
      latents: hasLatents ? try root.dataset("latents").elements() : [])
  }

  private static func origin(_ root: borrowing Group) throws -> TaskSetOrigin {
    guard try root.hasAttribute("family") else {
      return .imported(from: try root.text("source"))
    }
    return .family(
      yaml: try root.text("family"), seed: try root.unsignedInteger("seed"),
      key: try root.text("key").split(separator: " ").compactMap { UInt64($0) })
  }
}
