import CZlib

/// Data that gzip packed.
///
/// Source: RFC 1952, section 2.3.1, <https://www.rfc-editor.org/rfc/rfc1952>.
struct GzipStream {
  private let bytes: [UInt8]
  /// For errors.
  private let path: String

  /// - Returns: nil if the bytes do not begin as such data do.
  init?(_ bytes: [UInt8], path: String) {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return nil }
    self.bytes = bytes
    self.path = path
  }

  /// The first bytes of the data as they were before.
  ///
  /// - Throws: ``DatasetError`` if the data are damaged before them.
  /// - Complexity: O(count)
  func prefix(_ count: Int) throws(DatasetError) -> [UInt8] {
    var result: [UInt8] = []
    _ = try unpack(atMost: count) { result += $0.prefix(count - result.count) }
    return result
  }

  /// The data as they were before, of all members one after the other.
  ///
  /// Nothing is stored of much packed into little before it has been unpacked once to be checked.
  ///
  /// - Parameter count: how many bytes there are to be.
  /// - Throws: ``DatasetError`` if there are more, or the data are damaged or cut short, which
  ///   their check sum tells.
  /// - Complexity: O(count)
  func unpacked(atMost count: Int) throws(DatasetError) -> [UInt8] {
    var found = count
    if count > Self.harmlessByteCount + 3 * bytes.count {
      found = try unpack(atMost: count) { _ in }
    }
    var result: [UInt8] = []
    if found <= count {
      result.reserveCapacity(found)
      found = try unpack(atMost: count) { result += $0 }
    }
    guard found <= count else { throw DatasetError(path, .unpacksToMore(than: count)) }
    return result
  }

  private static let harmlessByteCount = 64 << 20

  /// - Parameters:
  ///   - limit: how many bytes are enough; nothing is unpacked when there are more.
  ///   - body: takes the data in parts.
  /// - Returns: how many bytes were unpacked.
  private func unpack(
    atMost limit: Int, _ body: (ArraySlice<UInt8>) -> Void
  ) throws(DatasetError) -> Int {
    var (start, count) = (0, 0)
    while start < bytes.count, count <= limit {
      guard let end = unpackMember(from: start, atMost: limit, &count, body) else {
        throw DatasetError(path, .brokenCompression)
      }
      start = end
    }
    return count
  }

  /// Unpacks the member that begins at `start` (`inflateInit2`, `inflate`).
  ///
  /// - Returns: where it ends, or how far it was unpacked; nil if it is damaged.
  private func unpackMember(
    from start: Int, atMost limit: Int, _ count: inout Int, _ body: (ArraySlice<UInt8>) -> Void
  ) -> Int? {
    var stream = z_stream()
    // The largest window, behind the header of gzip alone.
    guard manabi_inflateInit2(&stream, 15 + 16) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    // Small, as a file may have very many members.
    var chunk = [UInt8](repeating: 0, count: min(1 << 16, limit + 1))
    var position = start
    while true {
      let available = min(bytes.count - position, 1 << 30)
      let (status, consumed, produced) = bytes.withUnsafeBufferPointer { input in
        chunk.withUnsafeMutableBufferPointer { output in
          // The library does not write to its input.
          stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)?.advanced(by: position)
          stream.avail_in = UInt32(available)
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          let status = inflate(&stream, Z_NO_FLUSH)
          return (
            status, available - Int(stream.avail_in), output.count - Int(stream.avail_out)
          )
        }
      }
      position += consumed
      count += produced
      body(chunk[..<produced])
      if status == Z_STREAM_END || count > limit { return position }
      guard status == Z_OK, consumed + produced > 0 else { return nil }
    }
  }
}
