import HDF5

/// What a sealed file holds, without its numbers.
package struct FileSummary: Codable, Equatable, Sendable {
  /// An array of the file.
  package struct StoredArray: Codable, Equatable, Sendable {
    /// Where it stands in the file, such as `/parameters/readout/weight`.
    package let path: String
    package let dimensions: [String]
    package let shape: [Int]
    /// The type of its elements, such as `float32`.
    package let type: String
  }

  /// The place of a shard in its task set.
  package struct ShardPlace: Codable, Equatable, Sendable {
    /// From zero.
    package let index: Int
    package let count: Int
    package let firstEpisode: Int
    /// Of the whole set.
    package let episodes: Int
  }

  package let path: String
  package let kind: FileKind
  package let formatVersion: Int
  /// Bytes of the HDF5 image behind the seal.
  package let imageBytes: Int
  /// SHA-256 of the image, which the seal confirms.
  package let sha256: String
  package let arrays: [StoredArray]
  /// From which keys were made; imported task sets have none.
  package let seed: UInt64?
  /// Steps taken, of a checkpoint.
  package let step: Int?
  /// The experiment as YAML, of a checkpoint.
  package let experiment: String?
  /// What wrote the file.
  package let software: String?
  /// The number of elements of all parameters, of a checkpoint.
  package let parameterCount: Int?
  /// The family as YAML, of a task set that was drawn.
  package let family: String?
  /// Where an imported task set comes from.
  package let source: String?
  /// The place of a task set's shard in its set.
  package let shard: ShardPlace?
  /// The number of classes that targets may have, of a task set with class targets.
  package let classes: Int?
  /// Of a report.
  package let title: String?
  /// What a report says in words.
  package let facts: [ReportFact]?

  /// Summarises a file whose seal holds.
  ///
  /// - Throws: ``StorageError`` if the file is missing, damaged or not of this program.
  /// - Complexity: O(size of the file)
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    let file = try SealedFile(contentsOf: path, fileSystem: fileSystem)
    // What the seal says beside the digest stands in the image too.
    if file.kind == .taskSet { _ = try TaskSetShard(file, path: path) }
    self = try file.open(as: file.kind, path: path) { root in
      try FileSummary(of: file, path: path, root)
    }
  }

  private init(of file: SealedFile, path: String, _ root: borrowing Group) throws {
    self.path = path
    kind = file.kind
    formatVersion = SealedFile.formatVersion
    imageBytes = file.imageByteCount
    sha256 = file.digest
    arrays = try Self.arrays(in: root)
    software = try root.text("software")
    let (isCheckpoint, isReport) = (file.kind == .checkpoint, file.kind == .report)
    // Attributes of a report are facts, whatever their names.
    seed = try !isReport && root.hasAttribute("seed") ? try root.unsignedInteger("seed") : nil
    step = isCheckpoint ? try root.integer("step") : nil
    experiment = isCheckpoint ? try root.text("experiment") : nil
    parameterCount =
      isCheckpoint
      ? arrays.filter { $0.path.hasPrefix("/parameters/") }
        .reduce(0) { $0 + $1.shape.reduce(1, *) } : nil
    family = try !isReport && root.hasAttribute("family") ? try root.text("family") : nil
    source = try !isReport && root.hasAttribute("source") ? try root.text("source") : nil
    shard = file.kind == .taskSet ? try Self.place(root) : nil
    classes = try !isReport && root.hasAttribute("classes") ? try root.integer("classes") : nil
    title = isReport ? try root.text("title") : nil
    facts = isReport ? try Report.facts(of: root, path: path) : nil
  }

  private static func place(_ root: borrowing Group) throws -> ShardPlace {
    ShardPlace(
      index: try root.integer("shard"), count: try root.integer("shards"),
      firstEpisode: try root.integer("first_episode"), episodes: try root.integer("episodes"))
  }

  /// All datasets of a group and of those inside it but dimension scales, by path.
  private static func arrays(in group: borrowing Group) throws -> [StoredArray] {
    var arrays: [StoredArray] = []
    for name in try group.memberNames() {
      guard try group.isDataset(name) else {
        arrays += try Self.arrays(in: try group.group(name))
        continue
      }
      let dataset = try group.dataset(name)
      if try dataset.isDimensionScale() { continue }
      arrays.append(
        StoredArray(
          path: dataset.path,
          dimensions: try dataset.text("dims").split(separator: ",").map(String.init),
          shape: try dataset.extents(),
          type: try dataset.elementType()?.rawValue ?? "unknown"))
    }
    return arrays
  }
}

extension FileSummary: CustomStringConvertible {
  package var description: String {
    var lines = [
      "\(path): \(kind.noun)",
      "  seal      intact, format \(formatVersion), \(imageBytes) bytes",
      "  sha-256   \(sha256)",
    ]
    if let title { lines.append("  title     \(title)") }
    if let seed { lines.append("  seed      \(seed)") }
    if let source { lines.append("  source    \(source)") }
    if let shard, shard.count > 1 {
      lines.append(
        "  shard     \(shard.index) of \(shard.count), from episode \(shard.firstEpisode)")
    }
    if let step { lines.append("  step      \(step)") }
    if let software { lines.append("  software  \(software)") }
    if let parameterCount { lines.append("  weights   \(parameterCount) numbers") }
    if let classes { lines.append("  classes   \(classes)") }
    lines.append("  arrays")
    for array in arrays {
      let axes = zip(array.dimensions, array.shape).map { "\($0) \($1)" }
      lines.append("    \(array.path)  \(array.type) [\(axes.joined(separator: ", "))]")
    }
    if let yaml = experiment ?? family {
      lines.append(experiment == nil ? "  family" : "  experiment")
      lines += yaml.split(separator: "\n").map { "    \($0)" }
    }
    for fact in facts ?? [] {
      lines.append("  \(fact.name)")
      lines += fact.text.split(separator: "\n").map { "    \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}
