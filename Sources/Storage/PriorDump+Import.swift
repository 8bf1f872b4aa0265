// Dimension key
//   N  rows of a table that are kept     R  rows of the largest table     F  features of the widest

import Episodes
import HDF5

extension PriorDump {
  /// Hands the selected tables to a writer as episodes.
  ///
  /// Inputs beyond a table's features are zeros. The latent task is three numbers: features, rows
  /// and split index, as the dump says them.
  ///
  /// - Parameters:
  ///   - selection: of this dump.
  ///   - writer: of the set that the selection describes.
  ///   - shouldStop: asked now and then; if true, the rest is not read.
  ///   - report: hears how many tables are done.
  /// - Returns: whether all were read.
  /// - Throws: ``StorageError`` if a number is not finite or no class, with the table and the row;
  ///   if the dump cannot be read or a shard not be written.
  /// - Complexity: O(tables) time; memory for a block of tables and two shards.
  package func write(
    _ selection: PriorDumpSelection, to writer: TaskSetWriter,
    shouldStop: () -> Bool = { false }, report: (Int) -> Void = { _ in }
  ) throws -> Bool {
    var shards = writer.shards.makeIterator()
    var room = shards.next()?.count ?? 0
    var episodes = EpisodeArrays(shape: selection.shape, reserving: room)
    var episode = Episode(shape: selection.shape)
    var (next, done) = (0, 0)
    for start in stride(from: 0, to: tableCount, by: blockLength) {
      if shouldStop() { return false }
      let block = start..<min(start + blockLength, tableCount)
      guard next < selection.tables.count, selection.tables[next] < block.upperBound else {
        continue
      }
      let (x, y) = try tables(block)
      while next < selection.tables.count, selection.tables[next] < block.upperBound {
        let table = selection.tables[next]
        try fill(&episode, with: table, at: table - start, x, y)
        episodes.append(episode)
        next += 1
        guard episodes.count == room else { continue }
        done += room
        try writer.append(episodes)
        room = shards.next()?.count ?? 0
        episodes = EpisodeArrays(shape: selection.shape, reserving: room)
      }
      report(next)
    }
    return done == selection.tables.count
  }

  /// How many tables are read at once: whole chunks, about 16 MiB of them.
  private var blockLength: Int {
    let tableBytes = 4 * rowCount * featureCount
    let chunk = max(1, inputs.chunkRowCount ?? 1)
    let length = max(1, (16 << 20) / tableBytes)
    if length >= chunk { return length / chunk * chunk }
    // A chunk is read whole where memory allows, since each reading decompresses all of it.
    return chunk <= (512 << 20) / tableBytes ? chunk : length
  }

  /// `[tables, R, F]` and `[tables, R]`
  private func tables(_ block: Range<Int>) throws(StorageError) -> (x: [Float], y: [Float]) {
    do {
      return (try inputs.elements(rows: block), try targets.elements(rows: block))
    } catch {
      throw Self.refusal(path, error)
    }
  }

  /// - Parameters:
  ///   - table: its number in the dump.
  ///   - index: its number in the block.
  ///   - x: `[block, R, F]`
  ///   - y: `[block, R]`
  private func fill(
    _ episode: inout Episode, with table: Int, at index: Int, _ x: [Float], _ y: [Float]
  ) throws(StorageError) {
    let features = featureCounts[table]
    for row in 0..<episode.shape.exampleCount {
      let start = (index * rowCount + row) * featureCount
      for feature in 0..<featureCount {
        let value = feature < features ? x[start + feature] : 0
        guard value.isFinite else {
          throw refused("`/X` holds \(value) in table \(table), row \(row), feature \(feature)")
        }
        episode.inputs[row * featureCount + feature] = value
      }
      let value = y[index * rowCount + row]
      guard isTarget(value) else {
        throw refused("`/y` holds \(value) in table \(table), row \(row), \(expectation)")
      }
      episode.targets[row] = value
    }
    episode.latent = [Float(features), Float(rowCounts[table]), Float(splitIndices[table])]
  }

  private func isTarget(_ value: Float) -> Bool {
    switch target {
    case .real: value.isFinite
    case .classes(let count), .tokens(let count):
      value >= 0 && value < Float(count) && value.rounded() == value
    }
  }

  private var expectation: String {
    switch target {
    case .real: "which is no finite number"
    case .classes(let count), .tokens(let count): "which is no class from 0 to \(count - 1)"
    }
  }

  private func refused(_ reason: String) -> StorageError {
    .notOurs(path: path, reason: "\(reason); remove the table from the dump and import it again")
  }
}
