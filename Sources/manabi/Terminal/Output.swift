import Foundation
import Storage

/// Data for other programs, on standard output.
enum Output {
  /// Prints a text, which has then been taken by the file, the pipe or the terminal.
  ///
  /// It may quote names from files of others, so a terminal is not made to obey it.
  ///
  /// - Throws: ``OutputError`` if it was not.
  static func text(_ text: String, terminator: String = "\n") throws(OutputError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    try write(lines.map { String($0).escapingControls }.joined(separator: "\n") + terminator)
  }

  /// Prints `value` as JSON with sorted keys; numbers that are not finite become text.
  ///
  /// - Throws: ``OutputError`` if it cannot be printed.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
  }

  private static func write(_ text: String) throws(OutputError) {
    let code = StandardDescriptors.write(text, to: STDOUT_FILENO)
    if code != 0 { throw OutputError(code) }
  }

  /// Prints a line of news for people, on standard error; if nobody reads it, work goes on.
  static func note(_ text: String) { news(text + "\n") }

  /// Prints news without ending the line.
  static func news(_ text: String) { _ = StandardDescriptors.write(text, to: STDERR_FILENO) }
}
