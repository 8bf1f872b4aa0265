import Crypto
import Foundation
import HDF5

/// The text in front of a sealed file's image, from which every byte behind it can be checked.
///
///     Manabi sealed file
///     format: 1
///     kind: task-set
///     image-bytes: 123456
///     image-sha256: 64 hexadecimal digits
///     part: 3 of 160
///     series: 64 hexadecimal digits
///
/// filled with spaces to 512 bytes and closed by a line feed. The last two lines are there only in
/// files that belong together. The text can be said in one way only.
package struct Seal: Equatable, Sendable {
  /// The place of a file among those that belong together.
  package struct Part: Equatable, Sendable {
    /// From zero.
    package let index: Int
    package let count: Int
    /// SHA-256 of what all of them have in common, 64 hexadecimal digits.
    package let series: String
  }

  package let kind: FileKind
  package let imageByteCount: Int
  /// SHA-256 of the image, 64 hexadecimal digits.
  package let digest: String
  package let part: Part?

  init(kind: FileKind, imageByteCount: Int, digest: String, part: Part?) {
    self.kind = kind
    self.imageByteCount = imageByteCount
    self.digest = digest
    self.part = part
  }

  /// Reads the text of a seal, which says nothing yet about the image.
  ///
  /// - Parameters:
  ///   - bytes: of the file, from its beginning; at least 512 if it has as many.
  ///   - path: for the error.
  /// - Throws: ``StorageError``: ``StorageError/notOurs(path:reason:)`` if there is no seal,
  ///   ``StorageError/unsupportedVersion(path:version:)`` if it is of a later format, else
  ///   ``StorageError/damaged(path:reason:)`` if it is not said as this program says it.
  package init(reading bytes: some Collection<UInt8>, path: String) throws(StorageError) {
    guard bytes.starts(with: Self.heading.utf8) else {
      // A file of ours that was cut inside the heading, or begins with lost pages, cannot be told
      // from a foreign one.
      throw .notOurs(path: path, reason: "it does not begin with the line `\(Self.name)`")
    }
    guard bytes.count >= File.userBlockSize else {
      throw .damaged(path: path, reason: "it ends inside the seal")
    }
    let block = Array(bytes.prefix(File.userBlockSize))
    let values = Self.values(in: block)
    if let version = values["format"].flatMap({ Int($0) }), version > SealedFile.formatVersion {
      throw .unsupportedVersion(path: path, version: version)
    }
    guard let kind = values["kind"].flatMap(FileKind.init(rawValue:)),
      let count = values["image-bytes"].flatMap({ Int($0) }), let digest = values["image-sha256"]
    else { throw .damaged(path: path, reason: "its seal cannot be read") }
    self.init(
      kind: kind, imageByteCount: count, digest: digest, part: Self.part(values))
    guard block == self.block, isPossible else {
      throw .damaged(path: path, reason: "its seal cannot be read")
    }
  }

  /// No image is larger, in bytes; the sizes of many can be added.
  private static let largestImage = 1 << 40

  /// Whether a seal that was read says what this program could have written.
  private var isPossible: Bool {
    func isDigest(_ text: String) -> Bool {
      text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }
    guard 0...Self.largestImage ~= imageByteCount, isDigest(digest) else { return false }
    guard let part else { return true }
    return part.index >= 0 && part.index < part.count && isDigest(part.series)
  }

  static let name = "Manabi sealed file"
  private static let heading = "\(name)\nformat: "

  /// The 512 bytes.
  var block: [UInt8] {
    var text = """
      \(Self.heading)\(SealedFile.formatVersion)
      kind: \(kind.rawValue)
      image-bytes: \(imageByteCount)
      image-sha256: \(digest)

      """
    if let part { text += "part: \(part.index) of \(part.count)\nseries: \(part.series)\n" }
    let padding = File.userBlockSize - text.utf8.count - 1
    // A text that was read may be too long to be a seal; it then differs from what was read.
    guard padding >= 0 else { return [] }
    return Array(text.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: padding)
      + [UInt8(ascii: "\n")]
  }

  private static func part(_ values: [String: String]) -> Part? {
    guard let series = values["series"], let words = values["part"]?.split(separator: " "),
      words.count == 3, let index = Int(words[0]), let count = Int(words[2])
    else { return nil }
    return Part(index: index, count: count, series: series)
  }

  /// The lines `key: value` of a seal; the first counts where a damaged one repeats a key.
  private static func values(in block: [UInt8]) -> [String: String] {
    let pairs = block.split(separator: UInt8(ascii: "\n")).compactMap { line in
      line.firstIndex(of: UInt8(ascii: ":")).map { colon in
        (
          String(decoding: line[..<colon], as: UTF8.self),
          String(decoding: line[colon...].dropFirst(2), as: UTF8.self)
        )
      }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

/// The SHA-256 of some bytes, 64 hexadecimal digits.
func digest(of bytes: some DataProtocol) -> String { hexadecimal(SHA256.hash(data: bytes)) }

/// Two digits a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef")
  return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
