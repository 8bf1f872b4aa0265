import Storage

extension FuzzTarget {
  /// An array in the format of the MNIST files, as images and as labels.
  static let idx = FuzzTarget(
    name: "idx", words: arrayWords,
    seeds: { elementTypes.map { array($0, extents: [2, 1, 1]) } + [array((8, 1), extents: [3])] },
    run: { read($0) })

  /// The same, packed by gzip.
  static let gzip = FuzzTarget(
    name: "gzip", words: arrayWords,
    seeds: { elementTypes.map { stored(array($0, extents: [2, 1, 1])) } },
    run: { read([0x1F, 0x8B] + $0) })

  private static let elementTypes: [(code: UInt8, size: Int)] = [
    (8, 1), (9, 1), (11, 2), (12, 4), (13, 4), (14, 8),
  ]
  private static let arrayWords = [
    "\0\0\u{8}\u{1}", "\0\0\u{E}\u{4}", "\0\0\0\u{1}", "\0\0\0\0", "\u{8}\0",
  ]

  private static func read(_ bytes: [UInt8]) {
    do {
      let array = try IDXArray(bytes, path: "file")
      // One label for each item, and the array as its own labels.
      if let count = array.extents.first, array.extents.count > 1, count <= bytes.count {
        let labels = Self.array((8, 1), extents: [count])
        _ = try LabeledItems(
          images: array, labels: try IDXArray(labels, path: "labels"), DatasetSource(),
          ("images", "labels"))
      }
      _ = try LabeledItems(images: array, labels: array, DatasetSource(), ("images", "labels"))
    } catch {
      _ = error.description
    }
  }

  /// An array of zeros.
  private static func array(_ type: (code: UInt8, size: Int), extents: [Int]) -> [UInt8] {
    let header = [0, 0, type.code, UInt8(extents.count)]
    let sizes = extents.flatMap { extent in
      (0..<4).map { UInt8(truncatingIfNeeded: extent >> (24 - 8 * $0)) }
    }
    return header + sizes + [UInt8](repeating: 0, count: extents.reduce(type.size, *))
  }

  /// What gzip makes of bytes that it does not compress, without the two bytes that it begins with.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let (low, high) = (UInt8(bytes.count & 255), UInt8(bytes.count >> 8))
    let block = [8, 0, 0, 0, 0, 0, 0, 255, 1, low, high, ~low, ~high] + bytes
    var remainder: UInt32 = .max
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder >> 1 ^ (remainder & 1 == 0 ? 0 : 0xEDB8_8320)
      }
    }
    let trailer = [~remainder, UInt32(bytes.count)].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    return block + trailer
  }
}
