/// An axis of the arrays of a report: where each of its indices stands.
package struct ReportAxis: Equatable, Sendable {
  package enum Coordinates: Equatable, Sendable {
    /// How many of something, such as examples.
    case counts([Int])
    case numbers([Double])
    /// What each index is called, such as a learner.
    case labels([String])

    package var count: Int {
      switch self {
      case .counts(let counts): counts.count
      case .numbers(let numbers): numbers.count
      case .labels(let labels): labels.count
      }
    }
  }

  /// A word of letters, digits and underscores, such as `context_length`.
  package let name: String
  package let coordinates: Coordinates
  /// Of the coordinates, `1` if they have none. Seconds are `s`: xarray takes a variable in
  /// `seconds` for a span of time and converts it.
  package let unit: String
  /// One line.
  package let meaning: String

  /// - Parameters:
  ///   - name: a word of letters, digits and underscores that begins with a letter.
  ///   - coordinates: at least one.
  ///   - unit: of the coordinates.
  ///   - meaning: one line.
  package init(_ name: String, _ coordinates: Coordinates, unit: String = "1", meaning: String) {
    precondition(Self.isName(name), "An axis has a word as its name.")
    precondition(coordinates.count > 0, "An axis has at least one index.")
    self.name = name
    self.coordinates = coordinates
    self.unit = unit
    self.meaning = meaning
  }

  package var count: Int { coordinates.count }

  /// Whether programs that read reports can use a name as it is.
  static func isName(_ name: String) -> Bool {
    name.utf8.first.map { isLetter($0) } == true
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let capital = byte & ~0x20
    return capital >= UInt8(ascii: "A") && capital <= UInt8(ascii: "Z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
