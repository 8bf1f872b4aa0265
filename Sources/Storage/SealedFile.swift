import Crypto
import HDF5

/// An HDF5 file behind a seal that is checked before the HDF5 library sees a byte.
///
/// The seal is the file's user block, 512 bytes of text that other HDF5 programs skip:
///
///     Manabi sealed file
///     format: 1
///     kind: checkpoint
///     image-bytes: 123456
///     image-sha256: 64 hexadecimal digits
///
/// filled with spaces and closed by a line feed. The image is everything behind it. The text can be
/// said in one way only, so that a change of any byte of the file is found.
package struct SealedFile {
  /// The newest format that this program reads, and the one it writes.
  package static let formatVersion = 1

  package let kind: FileKind
  /// SHA-256 of the image, 64 hexadecimal digits.
  package let digest: String
  /// The seal and the image.
  package let bytes: [UInt8]

  package var imageByteCount: Int { bytes.count - File.userBlockSize }

  /// Seals an image.
  ///
  /// - Parameters:
  ///   - image: an HDF5 file without its user block.
  ///   - kind: what it holds.
  /// - Complexity: O(size of the image)
  package init(sealing image: [UInt8], as kind: FileKind) {
    self.kind = kind
    digest = hexadecimal(SHA256.hash(data: image))
    bytes = Self.block(kind: kind, byteCount: image.count, digest: digest) + image
  }

  /// Checks the seal of a file.
  ///
  /// - Parameters:
  ///   - bytes: of the whole file.
  ///   - path: for the error.
  /// - Throws: ``StorageError``: ``StorageError/notOurs(path:reason:)`` if there is no seal,
  ///   ``StorageError/unsupportedVersion(path:version:)`` if it is of a later format, else
  ///   ``StorageError/damaged(path:reason:)`` if any byte differs from what was sealed.
  /// - Complexity: O(size of the file)
  package init(verifying bytes: [UInt8], path: String) throws(StorageError) {
    let heading = Array(Self.heading.utf8)
    guard bytes.starts(with: heading) else {
      // A file of ours that was cut inside the heading, or begins with lost pages, cannot be told
      // from a foreign one.
      throw .notOurs(path: path, reason: "it does not begin with the line `\(Self.name)`")
    }
    guard bytes.count >= File.userBlockSize else {
      throw .damaged(path: path, reason: "it ends inside the seal")
    }
    let block = bytes.prefix(File.userBlockSize)
    let values = Self.values(in: block)
    if let version = values["format"].flatMap({ Int($0) }), version > Self.formatVersion {
      throw .unsupportedVersion(path: path, version: version)
    }
    guard let kind = values["kind"].flatMap(FileKind.init(rawValue:)) else {
      throw .damaged(path: path, reason: "its seal cannot be read")
    }
    let image = bytes.dropFirst(File.userBlockSize)
    if let count = values["image-bytes"].flatMap({ Int($0) }), count > image.count {
      throw .damaged(
        path: path, reason: "\(count - image.count) of \(count) bytes are missing at its end")
    }
    self.kind = kind
    digest = hexadecimal(SHA256.hash(data: image))
    guard block.elementsEqual(Self.block(kind: kind, byteCount: image.count, digest: digest)) else {
      throw .damaged(path: path, reason: "its bytes do not match the SHA-256 in its seal")
    }
    self.bytes = bytes
  }

  private static let name = "Manabi sealed file"
  private static let heading = "\(name)\nformat: "

  private static func block(kind: FileKind, byteCount: Int, digest: String) -> [UInt8] {
    let text = """
      \(heading)\(formatVersion)
      kind: \(kind.rawValue)
      image-bytes: \(byteCount)
      image-sha256: \(digest)

      """
    let padding = File.userBlockSize - text.utf8.count - 1
    return Array(text.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: padding)
      + [UInt8(ascii: "\n")]
  }

  /// The lines `key: value` of a seal; the first counts where a damaged one repeats a key.
  private static func values(in block: ArraySlice<UInt8>) -> [String: String] {
    let pairs = String(decoding: block, as: UTF8.self).split(separator: "\n").compactMap { line in
      line.firstIndex(of: ":").map { colon in
        (String(line[..<colon]), String(line[colon...].dropFirst(2)))
      }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

extension SealedFile {
  /// Reads a file and checks its seal.
  ///
  /// - Throws: ``StorageError`` if it cannot be read or its bytes are not those that were sealed.
  /// - Complexity: O(size of the file)
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    try self.init(verifying: try fileSystem.read(path), path: path)
  }

  /// Writes the file so that afterwards the path holds all of it, on the disk, or what it held
  /// before.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func write(
    to path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    try fileSystem.replace(path, with: bytes)
  }

  /// Opens the image.
  ///
  /// - Parameters:
  ///   - kind: what the caller can use.
  ///   - path: for the error.
  ///   - read: reads what it needs.
  /// - Returns: what `read` returns.
  /// - Throws: ``StorageError/notOurs(path:reason:)`` if the file is of another kind or does not
  ///   have what `read` looks for.
  func open<Value>(
    as kind: FileKind, path: String, _ read: (borrowing Group) throws -> Value
  ) throws(StorageError) -> Value {
    guard self.kind == kind else {
      throw .notOurs(path: path, reason: "it is \(self.kind.noun), not \(kind.noun)")
    }
    do {
      return try read(try File(image: bytes).root())
    } catch let error as StorageError {
      throw error
    } catch {
      throw .notOurs(path: path, reason: "\(error)")
    }
  }
}

/// Two digits a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef")
  return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
