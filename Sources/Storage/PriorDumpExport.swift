// Dimension key
//   T  tables of the dump     N  rows of each     D  features of each

import Episodes
import HDF5

/// Writes episodes of a task set as a dump of tables that TFM-Playground and nanoTabPFN read.
///
/// The layout is that of ``PriorDump``, in chunks without compression. The split is given under its
/// name of today and its older one, so that the loaders of both find it.
package struct PriorDumpExport {
  /// The most bytes of tables in one dump, which is made in memory.
  package static let largestByteCount = 2 << 30

  private let reader: TaskSetReader
  private let episodes: Range<Int>
  private let splitIndex: Int?

  /// - Parameters:
  ///   - reader: the set.
  ///   - episodes: which of its episodes to write.
  ///   - splitIndex: how many rows of each table are context, from 1 to `N − 1`; nil for what an
  ///     imported set says, else half of them.
  /// - Throws: ``StorageError/notOurs(path:reason:)`` if that is too much for memory, or the split
  ///   leaves nothing on one side.
  package init(
    _ reader: TaskSetReader, episodes: Range<Int>, splitIndex: Int?
  ) throws(StorageError) {
    precondition(!episodes.isEmpty && episodes.upperBound <= reader.episodeCount)
    let shape = reader.set.shape.withoutLatents
    guard !shape.target.isSequence else {
      throw .notOurs(path: reader.path, reason: "its episodes are sequences of tokens, not tables")
    }
    guard episodes.count <= Self.largestByteCount / shape.byteCount else {
      throw .notOurs(
        path: reader.path,
        reason: "a dump holds at most \(Self.largestByteCount >> 30) GiB, "
          + "\(Self.largestByteCount / shape.byteCount) of these episodes; "
          + "export parts with --first and --episodes")
    }
    guard splitIndex.map({ $0 > 0 && $0 < shape.exampleCount }) ?? true else {
      throw .notOurs(
        path: reader.path,
        reason:
          "its tables have \(shape.exampleCount) rows; the split has to leave rows on both sides")
    }
    self.reader = reader
    self.episodes = episodes
    self.splitIndex = splitIndex
  }

  /// Writes the dump so that afterwards the path holds all of it, on the disk, or what it held
  /// before.
  ///
  /// - Throws: ``StorageError`` if the set cannot be read or the dump not be written.
  /// - Complexity: O(T·N·D) time and memory
  package func write(
    to path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws {
    try fileSystem.replace(path, with: try image())
  }

  /// The file. Memory is what bounds a dump: the library itself must not write to a disk.
  private func image() throws -> [UInt8] {
    let file = try File(hasUserBlock: false)
    let root = try file.root()
    let (count, shape) = (episodes.count, reader.set.shape)
    let (rows, width) = (shape.exampleCount, shape.inputDimension)
    let batch = max(1, min(32, count, (4 << 20) / shape.byteCount))
    let x = try root.createChunkedDataset(
      "X", type: .float32, extents: [count, rows, width], chunk: [batch, rows, width])
    let y = try root.createChunkedDataset(
      "y", type: .float32, extents: [count, rows], chunk: [batch, rows])
    var (features, splits): ([Int32], [Int32]) = ([], [])
    for start in stride(from: 0, to: count, by: batch) {
      let block = start..<min(start + batch, count)
      var arrays = EpisodeArrays(shape: shape, reserving: batch)
      let first = episodes.lowerBound
      for episode in try reader.episodes(first + block.lowerBound..<first + block.upperBound) {
        arrays.append(episode)
        let table = table(of: episode)
        features.append(Int32(table.features))
        splits.append(Int32(table.split))
      }
      try x.write(arrays.inputs, rows: block)
      try y.write(arrays.targets, rows: block)
    }
    func addCounts(_ name: String, _ values: [Int32]) throws(HDF5Error) {
      let dataset = try root.createChunkedDataset(
        name, type: .int32, extents: [count], chunk: [batch])
      try dataset.write(values, rows: 0..<count)
    }
    try addCounts("num_features", features)
    try addCounts("num_datapoints", [Int32](repeating: Int32(rows), count: count))
    try addCounts("train_test_split_index", splits)
    try addCounts("single_eval_pos", splits)
    try addKind(to: root, batch: batch)
    return try file.image()
  }

  private func addKind(to root: borrowing Group, batch: Int) throws(HDF5Error) {
    _ = try root.createDataset("original_batch_size", extents: [1], elements: [Int64(batch)])
    switch reader.set.shape.target {
    case .real: try root.createText("problem_type", "regression")
    case .tokens: preconditionFailure("Sequences of tokens were refused.")
    case .classes(let classCount):
      _ = try root.createDataset("max_num_classes", extents: [1], elements: [Int64(classCount)])
      try root.createText("problem_type", "classification")
    }
  }

  /// How many features of a table count and how many of its rows are context: what an imported set
  /// keeps as latent task, as far as it still fits.
  private func table(of episode: Episode) -> (features: Int, split: Int) {
    let (rows, width) = (episode.shape.exampleCount, episode.shape.inputDimension)
    let half = max(1, rows / 2)
    guard case .imported = reader.set.origin, episode.latent.count == 3 else {
      return (width, splitIndex ?? half)
    }
    let kept = min(max(1, Int(episode.latent[2])), max(1, rows - 1))
    return (min(width, max(1, Int(episode.latent[0]))), splitIndex ?? kept)
  }
}
