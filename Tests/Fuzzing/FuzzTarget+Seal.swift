import Storage

extension FuzzTarget {
  /// The first 512 bytes of a sealed file, and the check of what follows them.
  static let seal = FuzzTarget(
    name: "seal", longestInput: 1024,
    words: FileKind.allCases.map(\.rawValue) + [
      "Manabi sealed file\n", "format: ", "kind: ", "image-bytes: ", "image-sha256: ", "part: ",
      "series: ", " of ", "-1", "\(Int.max)", "\(Int.min)",
    ],
    seeds: {
      // SHA-256 of nothing, so that the second seed is a whole file.
      let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      return [("task-set", 100, "part: 2 of 160\nseries: \(digest)\n"), ("checkpoint", 0, "")].map {
        (kind, count, part) in
        let text = """
          Manabi sealed file
          format: 1
          kind: \(kind)
          image-bytes: \(count)
          image-sha256: \(digest)
          \(part)
          """
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: 511 - text.utf8.count)
        return text.utf8 + padding + [UInt8(ascii: "\n")]
      }
    },
    run: { bytes in
      do {
        let seal = try Seal(reading: bytes, path: "file")
        expect(seal.imageByteCount >= 0, "An image has no negative size.")
        if let part = seal.part {
          expect(0..<part.count ~= part.index, "A part is one of those that there are.")
        }
        expect(
          try SealedFile(verifying: bytes, path: "file").bytes == bytes, "The file is as it was.")
      } catch let error as StorageError {
        _ = error.description
      } catch {
        fatalError("\(error)")
      }
    })
}
