import Foundation
import Reporting

/// What standard output is connected to.
enum StandardOutput {
  /// The characters of a line of the terminal; nil if it is none, such as a pipe or a file.
  static var width: Int? { width(of: STDOUT_FILENO) }

  /// The same of standard error.
  static var errorWidth: Int? { width(of: STDERR_FILENO) }

  private static func width(of number: Int32) -> Int? {
    guard isatty(number) == 1 else { return nil }
    var size = winsize()
    guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Colours on a terminal, unless the user asked for none (<https://no-color.org>).
  static var style: TextStyle {
    let wish = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
    return TextStyle(isColored: isTerminal && wish.isEmpty)
  }

  private static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
