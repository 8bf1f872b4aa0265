import Episodes

/// Which tables of a dump become episodes, and how long they are.
package struct PriorDumpSelection: Sendable {
  /// Examples of every episode: longer tables are cut to their first rows.
  package let rows: Int
  /// The tables with at least as many rows, in order.
  package let tables: [Int]
  /// How many tables had more rows.
  package let cutCount: Int
  /// How many tables had fewer rows and are left out.
  package let skippedCount: Int
  let shape: EpisodeShape

  /// - Parameters:
  ///   - dump: where the tables are.
  ///   - rows: examples of every episode; nil for as many as the shortest table has.
  /// - Throws: ``StorageError/notOurs(path:reason:)`` if no table has as many rows.
  /// - Complexity: O(tables)
  package init(of dump: PriorDump, rows: Int?) throws(StorageError) {
    let counts = dump.rowCounts
    let length = rows ?? counts.min() ?? 1
    tables = counts.indices.filter { counts[$0] >= length }
    guard !tables.isEmpty else {
      throw .notOurs(
        path: dump.path,
        reason: "no table has \(length) rows, the longest has \(counts.max() ?? 0); ask for fewer")
    }
    self.rows = length
    cutCount = counts.count { $0 > length }
    skippedCount = counts.count - tables.count
    shape = EpisodeShape(
      exampleCount: length, inputDimension: dump.featureCount, target: dump.target, latentCount: 3)
  }

  /// What the set holds, to open a writer with.
  ///
  /// - Parameters:
  ///   - source: what the files say of where they come from.
  ///   - software: the version that the files state.
  package func description(source: String, software: String) -> TaskSetDescription {
    TaskSetDescription(
      origin: .imported(from: source), shape: shape, episodeCount: tables.count,
      software: software)
  }
}
