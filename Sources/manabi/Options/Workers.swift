import Foundation

/// How many threads compute.
enum Workers {
  /// - Parameter requested: the count that the user gave; `nil` for all processors that the process
  ///   may use.
  /// - Throws: ``CommandError`` if it is not positive.
  static func count(_ requested: Int?) throws -> Int {
    guard let requested else { return ProcessInfo.processInfo.activeProcessorCount }
    guard (1...1024).contains(requested) else {
      throw CommandError.invalid("--workers \(requested): expected a count from 1 to 1024")
    }
    return requested
  }
}
