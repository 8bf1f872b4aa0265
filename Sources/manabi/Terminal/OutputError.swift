import Glibc

/// Why data did not reach standard output.
enum OutputError: Error, CustomStringConvertible {
  /// Whoever read the pipe has gone, as `head` does when it has seen enough.
  case readerLeft
  /// The system refused with an error number.
  case system(Int32)

  init(_ code: Int32) { self = code == EPIPE ? .readerLeft : .system(code) }

  var description: String {
    switch self {
    case .readerLeft: "standard output was closed by its reader"
    case .system(EBADF):
      "standard output is closed, so the result was lost; leave it open, or send it to a file"
    case .system(let code):
      "standard output: write failed: \(String(cString: strerror(code))); free some space or send it elsewhere"
    }
  }
}
