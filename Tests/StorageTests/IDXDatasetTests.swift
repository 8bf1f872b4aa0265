import Foundation
import Storage
import Testing

@Suite("Datasets in IDX files")
struct IDXDatasetTests {
  @Test("Bytes become numbers from 0 to 1, and labels classes in their order")
  func bytes() throws {
    let items = try readItems(sampleImages, sampleLabels)
    #expect(items.items == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(items.extents == [1, 2] && items.itemSize == 2 && items.count == 3)
    #expect(items.labels == [1, 0, 1] && items.classCount == 2)
  }

  @Test(
    "Every type of elements is read",
    arguments: [
      (8, [[0], [255]], [0, 1]), (9, [[0x80], [127]], [-128, 127]),
      (11, [bigEndian(Int16(-300)), bigEndian(Int16(7))], [-300, 7]),
      (12, [bigEndian(Int32(-70000)), bigEndian(Int32(7))], [-70000, 7]),
      (13, [bigEndian(Float(-0.3).bitPattern), bigEndian(Float(7).bitPattern)], [-0.3, 7]),
      (14, [bigEndian(0.3.bitPattern), bigEndian((-7.0).bitPattern)], [0.3, -7]),
    ] as [(UInt8, [[UInt8]], [Float])])
  func types(type: UInt8, elements: [[UInt8]], numbers: [Float]) throws {
    let bytes = elements.flatMap(\.self)
    #expect(
      try readItems(idxFile([2, 1], bytes, type: type), idxFile([2], [0, 1])).items == numbers)
    guard type != 13, type != 14 else { return }
    // As labels the first is less than the second, but for unsigned bytes, which are 0 and 255.
    let labels = try readItems(idxFile([2, 1], [0, 1]), idxFile([2], bytes, type: type)).labels
    #expect(labels == [0, 1])
  }

  @Test("Whole numbers that are stored as real ones are labels")
  func realLabels() throws {
    let labels = ([3, -2, 3] as [Float]).flatMap { bigEndian($0.bitPattern) }
    let items = try readItems(sampleImages, idxFile([3], labels, type: 13))
    #expect(items.labels == [1, 0, 1])
  }

  /// `sampleImages`, packed by `gzip -9`.
  private static let packed =
    "H4sIAAAAAAACA2Ng4GBmYGAAYUYgZmIwTpt55j8AUtuLkRYAAAA="

  @Test("Files may be packed by gzip, in several members")
  func gzip() throws {
    let packed = [UInt8](try #require(Data(base64Encoded: Self.packed)))
    #expect(try readItems(packed, sampleLabels) == readItems(sampleImages, sampleLabels))
    let twice = packed + packed
    let error = #expect(throws: DatasetError.self) { try readItems(twice, sampleLabels) }
    #expect(error?.problem == .unpacksToMore(than: sampleImages.count))
    for damaged in [Array(packed.dropLast(9)), packed.dropLast(12) + packed.suffix(12).reversed()] {
      let error = #expect(throws: DatasetError.self) { try readItems(damaged, sampleLabels) }
      #expect(error?.problem == .brokenCompression)
    }
  }

  @Test("Very many members of gzip are read")
  func members() throws {
    // The first member claims an array of 16 MiB, so that all are unpacked; the others are empty.
    let header = [UInt8](
      try #require(Data(base64Encoded: "H4sIAAAAAAACA2Ng4GBiZAADRgAVnln9DAAAAA==")))
    let empty: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    let file = header + (0..<10_000).flatMap { _ in empty }
    let error = #expect(throws: DatasetError.self) { try readItems(file, sampleLabels) }
    #expect(error?.problem == .cutShort(missing: 1 << 24, expected: 12 + (1 << 24)))
  }

  @Test("What unpacks to more than its header says is not unpacked to its end")
  func bomb() throws {
    // Three labels, and 64 KiB of zeros, which repeated are 8 GiB.
    let labels = [UInt8](
      try #require(Data(base64Encoded: "H4sIAAAAAAACA2Ng4GBkYGBgZmdhBwCm+gfxCwAAAA==")))
    let zeros = [UInt8](
      try #require(
        Data(
          base64Encoded:
            "H4sIAAAAAAACA+3BAQEAAACAkP6v7ggK" + String(repeating: "A", count: 84)
            + "auuOl9cAAAEA")))
    #expect(try readItems(sampleImages, labels) == readItems(sampleImages, sampleLabels))
    let bomb = labels + (0..<1 << 17).flatMap { _ in zeros }
    let error = #expect(throws: DatasetError.self) { try readItems(sampleImages, bomb) }
    #expect(error?.problem == .unpacksToMore(than: sampleLabels.count))
  }

  @Test(
    "Damage is found, and named with the file",
    arguments: [
      (
        Array(sampleImages.dropLast(2)), sampleLabels, "images", .cutShort(missing: 2, expected: 22)
      ),
      (Array(sampleImages.prefix(14)), sampleLabels, "images", .cutShort(missing: 2, expected: 16)),
      (sampleImages + [0], sampleLabels, "images", .excessBytes(1)),
      (
        [0x89, 0x50, 0x4E, 0x47, 1], sampleLabels, "images", .notIDX(firstBytes: [137, 80, 78, 71])
      ),
      ([0, 0, 10, 1, 0, 0, 0, 0], sampleLabels, "images", .notIDX(firstBytes: [0, 0, 10, 1])),
      ([], sampleLabels, "images", .notIDX(firstBytes: [])),
      (
        idxFile([65536, 65536, 65536, 65536], []), sampleLabels, "images",
        .impossibleExtents([65536, 65536, 65536, 65536])
      ),
      (
        idxFile([1 << 31, 2], []), sampleLabels, "images",
        .cutShort(missing: 1 << 32, expected: 12 + 1 << 32)
      ),
      (
        idxFile([0, 1 << 31, 1 << 31, 4], []), idxFile([0], []), "images",
        .impossibleExtents([0, 1 << 31, 1 << 31, 4])
      ),
      (idxFile([0, 2], []), idxFile([0], []), "images", .noItems),
      (idxFile([3, 0], []), sampleLabels, "images", .noItems),
      (sampleLabels, sampleLabels, "images", .axes(found: 1, expected: "images have two or more")),
      (sampleImages, sampleImages, "labels", .axes(found: 3, expected: "labels have one")),
      (
        sampleImages, Array(sampleLabels.dropLast(1)), "labels", .cutShort(missing: 1, expected: 11)
      ),
      (sampleImages, idxFile([2], [1, 2]), "labels", .labelCount(items: 3, labels: 2)),
    ] as [([UInt8], [UInt8], String, DatasetError.Problem)])
  func damage(
    images: [UInt8], labels: [UInt8], file: String, problem: DatasetError.Problem
  ) throws {
    let error = #expect(throws: DatasetError.self) { try readItems(images, labels) }
    #expect(error?.problem == problem && error?.path.hasSuffix("/\(file)") == true)
    #expect(error?.description.contains("/\(file): ") == true)
  }

  @Test("Numbers and labels that make no sense are found, with their place")
  func numbers() throws {
    let holes: [Float] = [1, 2, 3, .infinity, 5, 6]
    var error = #expect(throws: DatasetError.self) {
      try readItems(
        idxFile([3, 2], holes.flatMap { bigEndian($0.bitPattern) }, type: 13), sampleLabels)
    }
    #expect(error?.place == "item 2, feature 2" && error?.problem == .notFinite("inf"))
    for (label, problem) in [
      (0.5, .labelNotWhole("0.5")), (1e19, .labelTooLarge("1e+19")), (.nan, .labelNotWhole("nan")),
    ] as [(Double, DatasetError.Problem)] {
      let labels = ([1, 2, label] as [Double]).flatMap { bigEndian($0.bitPattern) }
      error = #expect(throws: DatasetError.self) {
        try readItems(sampleImages, idxFile([3], labels, type: 14))
      }
      #expect(error?.place == "item 3" && error?.problem == problem)
    }
  }

  @Test("A missing file is named")
  func missing() throws {
    try withTemporaryDirectory { directory in
      let source = idxSource(in: directory)
      #expect(throws: StorageError.missing(path: "\(directory)/images")) {
        try LabeledItems(source)
      }
      try POSIXFileSystem().replace("\(directory)/images", with: sampleImages)
      #expect(throws: StorageError.missing(path: "\(directory)/labels")) {
        try LabeledItems(source)
      }
    }
  }

  @Test("The first items are read if not all are asked for")
  func limit() throws {
    let items = try readItems(sampleImages, sampleLabels) { $0.limit = 2 }
    #expect(items.items == [0, 0.2, 0.4, 0.6] && items.labels == [1, 0])
    #expect(items.classCount == 2)
    #expect(try readItems(sampleImages, sampleLabels) { $0.limit = 9 }.count == 3)
  }

  @Test("A digest of both files is checked")
  func digest() throws {
    // Of `cat images labels | sha256sum`.
    let digest = "e03e236eaa511064ad4ffa92781be1e4a91f7988ee3766ce64f177a110c0c3f5"
    let error = #expect(throws: DatasetError.self) {
      try readItems(sampleImages, sampleLabels) { $0.sha256 = String(repeating: "0", count: 64) }
    }
    guard case .digest(_, let found) = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found == digest)
    #expect(
      try readItems(sampleImages, sampleLabels) { $0.sha256 = digest.uppercased() }.count == 3)
  }

  @Test("Datasets or features get mean 0 and variance 1")
  func scaling() throws {
    let numbers = idxFile([4, 3], [0, 10, 9, 20, 10, 3, 40, 10, 0, 60, 10, 0])
    func items(_ scaling: DatasetSource.Scaling) throws -> [Float] {
      try readItems(numbers, idxFile([4], [0, 1, 0, 1])) { $0.scaling = scaling }.items
    }
    func moments(_ numbers: [Float]) -> (mean: Double, variance: Double) {
      let mean = numbers.reduce(0.0) { $0 + Double($1) } / Double(numbers.count)
      let square = numbers.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      return (mean, square / Double(numbers.count))
    }
    // Twelve numbers of about one, each rounded to 2⁻²⁴ of itself.
    let tolerance = 1e-6
    let whole = moments(try items(.dataset))
    #expect(abs(whole.mean) < tolerance && abs(whole.variance - 1) < tolerance)
    let scaled = try items(.feature)
    for feature in [0, 2] {
      let own = moments(stride(from: feature, to: 12, by: 3).map { scaled[$0] })
      #expect(abs(own.mean) < tolerance && abs(own.variance - 1) < tolerance)
    }
    #expect(stride(from: 1, to: 12, by: 3).allSatisfy { scaled[$0] == 0 })
    #expect(try items(.none)[3] == 20 / 255)
  }
}
