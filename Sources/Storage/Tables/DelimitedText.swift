/// A reader of comma-separated values that knows the place of every cell.
///
/// Lines end in LF, CR LF or CR; cells may be quoted and then hold commas, line breaks and doubled
/// quotation marks; blanks around a cell do not count; empty lines and a byte order mark are passed
/// over. Records come one by one, so that no more than one of them is in memory beside the bytes.
///
/// Source: RFC 4180, section 2, <https://www.rfc-editor.org/rfc/rfc4180>. Why this is not a
/// library: docs/decisions/0002-tables.md.
struct DelimitedText {
  private let bytes: [UInt8]
  private let source: String
  /// Where the next record begins.
  private var position: Int
  /// The line of ``position``, from 1.
  private var line = 1
  /// Where ``position`` is within a cell.
  private var state = State.start

  private enum State {
    /// Before the first mark of a cell.
    case start
    case plain
    case quoted
    /// After a quotation mark within quotes: the end of the cell, or the first of two.
    case closing
  }

  /// The most cells of a record: an image of 512 × 512 numbers.
  static let largestCellCount = 1 << 18
  /// The longest cell in bytes.
  static let largestCellSize = 1 << 16

  private static let comma = UInt8(ascii: ",")
  private static let quotation = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// - Throws: ``TableError`` if the bytes are not UTF-8.
  init(_ bytes: [UInt8], source: String) throws(TableError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw TableError(source: source, .notText)
    }
    self.bytes = bytes
    self.source = source
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    position = bytes.starts(with: mark) ? mark.count : 0
  }

  /// Reads the next record that is not an empty line.
  ///
  /// - Parameters:
  ///   - record: takes it.
  ///   - limit: the most cells it is to have; if it has more, one more is read, and nothing after
  ///     it can be.
  /// - Returns: whether there was one.
  /// - Throws: ``TableError`` if a quotation mark is out of place or a cell too long.
  mutating func next(
    _ record: inout TableRecord, atMost limit: Int = largestCellCount
  ) throws(TableError) -> Bool {
    repeat {
      guard position < bytes.count else { return false }
      record.removeAll(line: line)
      state = .start
      while position < bytes.count, record.cellCount <= limit {
        let byte = bytes[position]
        position += 1
        if try consume(byte, into: &record) { break }
      }
      if state == .quoted { throw misplacedQuotation(in: record) }
      if position == bytes.count, !record.hasEnded { end(&record) }
    } while record.cellCount == 0
    return true
  }

  /// - Returns: whether the byte ends the record.
  private mutating func consume(
    _ byte: UInt8, into record: inout TableRecord
  ) throws(TableError) -> Bool {
    if byte == Self.lineFeed || byte == Self.carriageReturn {
      line += 1
      let isPair =
        byte == Self.carriageReturn && position < bytes.count && bytes[position] == Self.lineFeed
      if isPair { position += 1 }
      if state != .quoted {
        end(&record)
        return true
      }
      record.append(byte)
      if isPair { record.append(Self.lineFeed) }
      return false
    }
    switch (state, byte) {
    case (.quoted, Self.quotation): state = .closing
    case (.quoted, _): record.append(byte)
    case (.closing, Self.quotation):
      record.append(byte)
      state = .quoted
    case (_, Self.comma): endCell(of: &record)
    case (.start, UInt8(ascii: " ")), (.start, UInt8(ascii: "\t")): break
    case (.closing, UInt8(ascii: " ")), (.closing, UInt8(ascii: "\t")): break
    case (.start, Self.quotation): state = .quoted
    case (.closing, _), (.plain, Self.quotation): throw misplacedQuotation(in: record)
    case (.start, _), (.plain, _):
      state = .plain
      record.append(byte)
    }
    guard record.openCellSize <= Self.largestCellSize else {
      throw TableError(
        source: source, row: record.line, column: record.cellCount + 1,
        .longCell(limit: Self.largestCellSize))
    }
    return false
  }

  private func misplacedQuotation(in record: TableRecord) -> TableError {
    TableError(source: source, row: record.line, column: record.cellCount + 1, .quotation)
  }

  private mutating func endCell(of record: inout TableRecord) {
    record.endCell(trimming: state == .plain)
    state = .start
  }

  private mutating func end(_ record: inout TableRecord) {
    let isEmptyLine = record.cellCount == 0 && record.openCellSize == 0 && state == .start
    if !isEmptyLine { endCell(of: &record) }
    record.hasEnded = true
  }
}
