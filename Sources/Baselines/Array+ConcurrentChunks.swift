import Episodes

extension [Episode] {
  /// The results of `body` for chunks of up to 32 episodes, in order; the calls run concurrently.
  ///
  /// - Throws: what `body` throws, of several errors that of the first chunk.
  func concurrentChunks<Part: Sendable>(
    _ body: @Sendable (_ chunk: ArraySlice<Episode>) throws -> Part
  ) throws -> [Part] {
    let size = 32
    return try concurrentMap(count: (count + size - 1) / size) { index in
      try body(self[index * size..<Swift.min((index + 1) * size, count)])
    }
  }
}
