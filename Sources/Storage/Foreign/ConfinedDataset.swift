package import HDF5

/// A dataset of a file of others, all of whose elements lie in that file.
package struct ConfinedDataset {
  private let process: ForeignProcess
  private let name: String
  private let description: ForeignDescription

  /// About how many bytes are asked for at once.
  private static let pieceByteCount = 16 << 20
  private static let largestPieceByteCount = 512 << 20
  private static let longestText = 1 << 20

  init(_ name: String, _ description: ForeignDescription, _ process: ForeignProcess) {
    self.name = name
    self.description = description
    self.process = process
  }

  /// Where it stands in the file, such as `/X`.
  package var path: String { "/\(name)" }

  package var elementClass: ForeignDataset.ElementClass { description.elementClass }

  package var holdsUnsignedBytes: Bool { description.holdsUnsignedBytes }

  /// Outermost axis first; empty for a single element.
  package var extents: [Int] { description.extents }

  /// How many rows of the first axis a chunk has, if it is stored in chunks.
  package var chunkRowCount: Int? { description.chunkExtents.first }

  /// Reads all elements as numbers of a type, converting.
  ///
  /// - Throws: ``ForeignFileError`` if the elements are no numbers or cannot be read.
  package func elements<Element: DatasetElement>(
    of type: Element.Type = Element.self
  ) throws(ForeignFileError) -> [Element] {
    try elements(of: type, rows: 0..<(extents.first ?? 0))
  }

  /// Reads some rows of the first axis as numbers of a type, converting.
  ///
  /// - Parameter rows: within the first extent.
  /// - Returns: innermost axis fastest.
  /// - Throws: ``ForeignFileError`` if the elements are no numbers or cannot be read.
  package func elements<Element: DatasetElement>(
    of type: Element.Type = Element.self, rows: Range<Int>
  ) throws(ForeignFileError) -> [Element] {
    guard let rowCount = extents.first else {
      throw ForeignFileError(path, "it is a single number")
    }
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount)
    let width = extents.dropFirst().reduce(1, *)
    var elements: [Element] = []
    if rows.isEmpty || width == 0 { return elements }
    elements.reserveCapacity(rows.count * width)
    let length = pieceLength(rowByteCount: width * Element.elementType.size)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: length) {
      let piece = start..<min(start + length, rows.upperBound)
      elements +=
        try process.elements(
          piece.count * width, to: .elements(name, Element.elementType, piece), about: path)
        as [Element]
    }
    return elements
  }

  /// Whole chunks where memory allows, since each reading unpacks all of a chunk.
  private func pieceLength(rowByteCount: Int) -> Int {
    let length = max(1, Self.pieceByteCount / rowByteCount)
    guard let chunk = chunkRowCount else { return length }
    if length >= chunk { return length / chunk * chunk }
    return chunk <= Self.largestPieceByteCount / rowByteCount ? chunk : length
  }

  /// Reads a single text of fixed or variable length.
  ///
  /// - Throws: ``ForeignFileError`` if it is no single text.
  package func text() throws(ForeignFileError) -> String {
    let bytes = try process.reply(to: .text(name), about: path, atMost: Self.longestText)
    return String(decoding: bytes, as: UTF8.self)
  }
}
