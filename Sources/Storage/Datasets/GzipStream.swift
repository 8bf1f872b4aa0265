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

  /// The most bytes that are unpacked: the images of MNIST have five times their packed size, what
  /// gzip can make of hostile files a thousand times.
  private var limit: Int { (4 << 20) + 16 * bytes.count }

  /// The data as they were before, of all members one after the other.
  ///
  /// - Throws: ``DatasetError`` if the data are damaged or cut short, which their check sum tells,
  ///   or unpack to more than files of this size should.
  /// - Complexity: O(size of the result)
  func unpacked() throws(DatasetError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(4 * bytes.count)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var start = 0
    while start < bytes.count {
      guard let end = unpackMember(from: start, onto: &result, by: &chunk) else {
        throw DatasetError(
          path, result.count > limit ? .largeCompression(limit: limit) : .brokenCompression)
      }
      start = end
    }
    return result
  }

  /// Unpacks the member that begins at `start` (`inflateInit2`, `inflate`).
  ///
  /// - Returns: where it ends, or nil if it is damaged or the result beyond the limit.
  private func unpackMember(
    from start: Int, onto result: inout [UInt8], by chunk: inout [UInt8]
  ) -> Int? {
    var stream = z_stream()
    // The largest window, behind the header of gzip alone.
    guard manabi_inflateInit2(&stream, 15 + 16) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
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
      result.append(contentsOf: chunk[..<produced])
      if result.count > limit { return nil }
      if status == Z_STREAM_END { return position }
      guard status == Z_OK, consumed + produced > 0 else { return nil }
    }
  }
}
