/// A reader of comma-separated values that knows the place of every cell.
///
/// Lines end in LF, CR LF or CR; cells may be quoted and then hold commas, line breaks and doubled
/// quotation marks; blanks around a cell do not count; empty lines and a byte order mark are passed
/// over.
///
/// Source: RFC 4180, section 2, <https://www.rfc-editor.org/rfc/rfc4180>. Why this is not a
/// library: docs/decisions/0002-tables.md.
struct DelimitedText {
  struct Record: Equatable {
    /// The line on which the record starts, from 1.
    let line: Int
    let cells: [String]
  }

  private(set) var records: [Record] = []
  private let source: String
  private var line = 1
  private var recordLine = 1
  private var cells: [String] = []
  private var cell: [UInt8] = []
  private var state = State.start

  private enum State {
    /// Before the first mark of a cell.
    case start
    case plain
    case quoted
    /// After a quotation mark within quotes: the end of the cell, or the first of two.
    case closing
  }

  /// - Throws: ``TableError`` if the bytes are not UTF-8 or a quotation mark is out of place.
  init(_ bytes: some Collection<UInt8>, source: String) throws(TableError) {
    self.source = source
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw TableError(source: source, .notText)
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var last: UInt8 = 0
    for byte in bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...] {
      // The line feed of CR LF ends nothing that the carriage return has not ended.
      let isSecondHalf = byte == UInt8(ascii: "\n") && last == UInt8(ascii: "\r")
      last = byte
      if isSecondHalf && state != .quoted { continue }
      try consume(byte)
      let isLineBreak = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if isLineBreak && !isSecondHalf { line += 1 }
      if isLineBreak && state != .quoted { recordLine = line }
    }
    if state == .quoted { throw misplacedQuotation }
    endRecord()
  }

  private var misplacedQuotation: TableError {
    TableError(source: source, row: recordLine, column: cells.count + 1, .quotation)
  }

  private mutating func consume(_ byte: UInt8) throws(TableError) {
    let isQuotation = byte == UInt8(ascii: "\"")
    switch (state, byte) {
    case (.quoted, _):
      if isQuotation { state = .closing } else { cell.append(byte) }
    case (.closing, _) where isQuotation:
      cell.append(byte)
      state = .quoted
    case (_, UInt8(ascii: ",")): endCell()
    case (_, UInt8(ascii: "\n")), (_, UInt8(ascii: "\r")): endRecord()
    case (.start, UInt8(ascii: " ")), (.start, UInt8(ascii: "\t")): break
    case (.closing, UInt8(ascii: " ")), (.closing, UInt8(ascii: "\t")): break
    case (.start, _) where isQuotation: state = .quoted
    case (.closing, _), (.plain, UInt8(ascii: "\"")): throw misplacedQuotation
    case (.start, _), (.plain, _):
      state = .plain
      cell.append(byte)
    }
  }

  private mutating func endCell() {
    if state == .plain {
      while cell.last == UInt8(ascii: " ") || cell.last == UInt8(ascii: "\t") { cell.removeLast() }
    }
    cells.append(String(decoding: cell, as: UTF8.self))
    cell = []
    state = .start
  }

  private mutating func endRecord() {
    let isEmptyLine = cells.isEmpty && cell.isEmpty && state == .start
    if !isEmptyLine {
      endCell()
      records.append(Record(line: recordLine, cells: cells))
    }
    cells = []
  }
}
