/// The cells of a row of a table, in memory that serves all rows one after the other.
struct TableRecord {
  /// The line on which the record starts, from 1.
  private(set) var line = 0
  var hasEnded = false
  /// The cells without quotation marks and blanks around them, and then the one that is not at its
  /// end.
  private var text: [UInt8] = []
  /// `[cells]`: where in the text each ends.
  private var ends: [Int] = []

  var cellCount: Int { ends.count }

  /// Bytes of the cell that is not at its end.
  var openCellSize: Int { text.count - (ends.last ?? 0) }

  mutating func removeAll(line: Int) {
    text.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    hasEnded = false
    self.line = line
  }

  mutating func append(_ byte: UInt8) { text.append(byte) }

  mutating func endCell(trimming: Bool) {
    if trimming {
      while openCellSize > 0, text.last == UInt8(ascii: " ") || text.last == UInt8(ascii: "\t") {
        text.removeLast()
      }
    }
    ends.append(text.count)
  }

  private func range(of cell: Int) -> Range<Int> { (cell == 0 ? 0 : ends[cell - 1])..<ends[cell] }

  func isEmpty(_ cell: Int) -> Bool { range(of: cell).isEmpty }

  func text(_ cell: Int) -> String { String(decoding: text[range(of: cell)], as: UTF8.self) }

  /// The cell as a number, nil if it is none.
  func number(_ cell: Int) -> Double? {
    if let number = shortDecimal(range(of: cell)) { return number }
    let text = text(cell)
    // Hexadecimal numbers, which the standard library also reads, are more likely names.
    return text.lowercased().contains("x") ? nil : Double(text)
  }

  /// What most numbers are: at most 15 digits and perhaps a point, whose quotient is exact.
  private func shortDecimal(_ range: Range<Int>) -> Double? {
    let isNegative = !range.isEmpty && text[range.lowerBound] == UInt8(ascii: "-")
    var (mantissa, digits, scale, hasPoint) = (0, 0, 1.0, false)
    for byte in text[range].dropFirst(isNegative ? 1 : 0) {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, digits < 15 else { return nil }
      mantissa = 10 * mantissa + Int(byte - UInt8(ascii: "0"))
      digits += 1
      if hasPoint { scale *= 10 }
    }
    // A point alone, or at an end, is left to the standard library.
    guard digits > 0, !hasPoint || scale > 1 && digits > 1 else { return nil }
    let magnitude = Double(mantissa) / scale
    return isNegative ? -magnitude : magnitude
  }
}
