/// An HDF5 file of others, parsed by a process that can do no harm.
///
/// The library crashes on files that were made to harm, and follows what reaches beyond them; so it sees them
/// only there. See docs/decisions/0009-foreign-files.md.
package struct ConfinedFile {
  private let process: ForeignProcess
  /// The most elements that the file may hold, however packed.
  private let elementLimit: Int

  /// How many elements a byte of a file may unpack to: no compression that is read does more.
  private static let largestRatio = 1100

  /// Opens a file for reading.
  ///
  /// - Throws: ``StorageError`` if it cannot be opened or no process be started;
  ///   ``ForeignFileError`` if it is no HDF5 file.
  package init(contentsOf path: String) throws {
    let file = try POSIXFileSystem().openForReading(path)
    let size = try POSIXFileSystem().size(of: file)
    elementLimit = max(1, size.multipliedReportingOverflow(by: Self.largestRatio).partialValue)
    process = try ForeignProcess(reading: file)
    _ = try process.reply(to: .open, about: "/", atMost: 0)
  }

  /// Whether the root has a member of that name.
  ///
  /// - Throws: ``ForeignFileError`` if the file is broken.
  package func contains(_ name: String) throws(ForeignFileError) -> Bool {
    try holds(.contains(name), "/\(name)")
  }

  /// Whether a path leads to a dataset by links that do not leave the file.
  ///
  /// - Throws: ``ForeignFileError`` if the file is broken.
  package func holdsDataset(_ path: String) throws(ForeignFileError) -> Bool {
    try holds(.holdsDataset(path), "/\(path)")
  }

  private func holds(
    _ request: ForeignRequest, _ object: String
  ) throws(ForeignFileError) -> Bool {
    try process.reply(to: request, about: object, atMost: 1) == [1]
  }

  /// The paths of some datasets that lie in the file itself, in order; as they may be printed.
  ///
  /// - Throws: ``ForeignFileError`` if the file is broken.
  package func datasetPaths(atMost limit: Int) throws(ForeignFileError) -> [String] {
    let message = try process.reply(to: .paths(limit: limit), about: "/", atMost: 1 << 20)
    var reader = MessageReader(message)
    var paths: [String] = []
    do throws(MessageReader.Nonsense) {
      let count = try reader.integer()
      guard count <= limit else { throw MessageReader.Nonsense() }
      for _ in 0..<count { paths.append(String(try reader.text().prefix(100)).escapingControls) }
      try reader.end()
    } catch {
      throw process.nonsense("/")
    }
    return paths
  }

  /// Opens a dataset, such as `X` of the root or `train/images` of a group.
  ///
  /// - Throws: ``ForeignFileError`` if there is none of that name, or it is stored in a way that
  ///   is refused.
  package func dataset(_ path: String) throws(ForeignFileError) -> ConfinedDataset {
    let object = "/\(path)"
    let message = try process.reply(
      to: .dataset(path), about: object, atMost: ForeignDescription.largestByteCount)
    do throws(MessageReader.Nonsense) {
      return ConfinedDataset(
        path, try ForeignDescription(message, elementsAtMost: elementLimit), process)
    } catch {
      throw process.nonsense(object)
    }
  }
}
