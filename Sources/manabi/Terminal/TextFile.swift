import Foundation
import Storage

/// Text files that the user names.
enum TextFile {
  /// The most that is read: configurations have a few kilobytes.
  static let largestSize = 1 << 20

  /// The text of a file, `nil` if there is none.
  ///
  /// - Throws: ``CommandError`` if it is there but is a directory, a pipe or a device, cannot be
  ///   read, has more than a megabyte, or is no UTF-8 text.
  static func read(_ path: String) throws(CommandError) -> String? {
    // Without waiting, as opening a pipe that nobody writes to would.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return nil
      case let code: throw .unreadable(path, String(cString: strerror(code)))
      }
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path, "it is not a file but a directory, a pipe or a device")
    }
    let bytes = try bytes(of: file, path)
    guard bytes.count <= largestSize else { throw .tooLong(path) }
    let text = String(validating: bytes, as: UTF8.self)
    guard let text else { throw .unreadable(path, "it is not UTF-8 text") }
    return text
  }

  /// What the kernel says in a file below `/proc` or `/sys`, at most a megabyte of it; `nil` if it
  /// does not.
  static func ofKernel(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return (try? bytes(of: file, path)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// At most one byte more than ``largestSize``.
  private static func bytes(of file: Int32, _ path: String) throws(CommandError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= largestSize {
      let room = min(block.count, largestSize + 1 - bytes.count)
      let count = block.withUnsafeMutableBytes { Foundation.read(file, $0.baseAddress, room) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path, String(cString: strerror(errno))) }
      if count == 0 { break }
      bytes += block.prefix(count)
    }
    return bytes
  }
}
