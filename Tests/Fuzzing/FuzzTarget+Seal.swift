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
      let digest = String(repeating: "0", count: 64)
      let text = """
        Manabi sealed file
        format: 1
        kind: task-set
        image-bytes: 100
        image-sha256: \(digest)
        part: 2 of 160
        series: \(digest)

        """
      let padding = [UInt8](repeating: UInt8(ascii: " "), count: 511 - text.utf8.count)
      return [
        SealedFile(sealing: [], as: .checkpoint).bytes, text.utf8 + padding + [UInt8(ascii: "\n")],
      ]
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
