import Configuration
import Foundation
import HDF5
import Storage
import Testing

@Suite("Datasets in tables and HDF5 files")
struct DatasetSourceTests {
  private static func table(_ text: String, labels: String = "kind") throws -> LabeledItems {
    try withTemporaryDirectory { directory in
      try POSIXFileSystem().replace("\(directory)/t.csv", with: Array(text.utf8))
      return try LabeledItems(
        DatasetSource {
          $0.format = .csv
          $0.path = "\(directory)/t.csv"
          $0.labels = labels
          $0.scaling = .none
        })
    }
  }

  @Test("A table gives features and classes, in the order of numbers where labels are numbers")
  func tables() throws {
    let items = try Self.table("a,kind,b\n1,10,2\n3,9,4\n5,10,6\n")
    #expect(items.items == [1, 2, 3, 4, 5, 6] && items.extents == [2])
    #expect(items.labels == [1, 0, 1] && items.classCount == 2)
    #expect(try Self.table("a,kind\n1,10\n3,9x\n").labels == [0, 1])
  }

  @Test(
    "What is no table of numbers is refused with line and column",
    arguments: [
      ("a,kind\n1,x\nthree,y\n", 3, 1), ("a,kind\n1,x\n,y\n", 3, 1), ("a,kind\nnan,x\n", 2, 1),
      ("a,kind\n1,x\n2\n", 3, 2), ("a,kind\n1,x,2\n", 2, 3), ("a,kind\n", 1, nil),
      ("a,kinds\n1,x\n", 1, nil), ("a,kind\n1,\n", 2, 2), ("", nil, nil),
    ] as [(String, Int?, Int?)])
  func tableErrors(text: String, row: Int?, column: Int?) {
    let error = #expect(throws: TableError.self) { try Self.table(text) }
    #expect(error?.row == row && error?.column == column)
    #expect(error?.source.hasSuffix("/t.csv") == true)
  }

  /// An HDF5 file of images and labels, and of arrays that are neither. `Scripts/check-interop.py`
  /// does the same with what other programs can write and ours cannot.
  private static func image() throws -> [UInt8] {
    let bytes = (0..<36).map { UInt8($0) * 7 }
    let labels: [Int32] = [3, -1, 3, 12, -1, 12]
    var holes = bytes.map { Float($0) }
    holes[15] = .nan
    let file = try File()
    let root = try file.root()
    _ = try root.createDataset("images", extents: [6, 2, 3], elements: bytes)
    _ = try root.createDataset("labels", extents: [6], elements: labels)
    _ = try root.createDataset("column", extents: [6, 1], elements: labels.map { Double($0) })
    _ = try root.createDataset("halves", extents: [6], elements: labels.map { Float($0) / 2 })
    _ = try root.createDataset("few", extents: [4], elements: Array(labels.prefix(4)))
    _ = try root.createDataset("holes", extents: [6, 2, 3], elements: holes)
    _ = try root.createDataset("empty", extents: [0, 2, 3], elements: [Float]())
    _ = try root.createGroup("test").createDataset(
      "images", extents: [6, 2, 3], elements: bytes.map { Double($0) / 4 })
    return try file.image()
  }

  private static func read(
    _ images: String = "images", _ labels: String = "labels", from bytes: [UInt8]
  ) throws -> LabeledItems {
    try withTemporaryDirectory { directory in
      try POSIXFileSystem().replace("\(directory)/f.h5", with: bytes)
      return try LabeledItems(
        DatasetSource {
          $0.format = .hdf5
          $0.path = "\(directory)/f.h5"
          $0.images = images
          $0.labels = labels
          $0.scaling = .none
        })
    }
  }

  @Test("Arrays are read from the root and from groups")
  func arrays() throws {
    let bytes: [Float] = (0..<36).map { Float($0) * 7 }
    let (shares, quarters) = (bytes.map { $0 / 255 }, bytes.map { $0 / 4 })
    let image = try Self.image()
    let items = try Self.read(from: image)
    #expect(items.items == shares && items.extents == [2, 3])
    #expect(items.labels == [1, 0, 1, 2, 0, 2] && items.classCount == 3)
    let others = try Self.read("/test/images", "column", from: image)
    #expect(others.items == quarters)
    #expect(others.labels == items.labels)
  }

  @Test(
    "Arrays that cannot be a dataset are refused",
    arguments: [
      ("imges", "labels", "there is no array 'imges'"), ("test", "labels", "test/images"),
      ("images/0", "labels", "there is no array 'images/0'"), ("", "labels", "no array"),
      ("images", "halves", "'1.5' is not a whole number"),
      ("images", "few", "4 labels for 6 items"), ("images", "images", "3 axes"),
      ("labels", "labels", "1 axes"),
      ("holes", "labels", "item 3, feature 4"), ("empty", "labels", "6 labels for 0 items"),
    ])
  func arrayErrors(images: String, labels: String, mention: String) throws {
    let image = try Self.image()
    let error = #expect(throws: DatasetError.self) { try Self.read(images, labels, from: image) }
    #expect(error?.path.hasSuffix("/f.h5") == true)
    let message = error?.description ?? ""
    #expect(message.contains(mention), "\(message)")
  }

  @Test("Files that are no HDF5, or cut short, are refused")
  func brokenFiles() throws {
    let whole = try Self.image()
    for bytes in [Array(whole.prefix(whole.count / 2)), Array("no HDF5 at all".utf8), []] {
      let error = #expect(throws: DatasetError.self) { try Self.read(from: bytes) }
      guard case .unreadable = error?.problem else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test(
    "Settings that do not go together are refused",
    arguments: [
      ("{images: a, labels: b}", "format"), ("{format: idx, images: a}", "labels"),
      ("{format: idx, labels: a}", "images"), ("{format: csv, path: a}", "labels"),
      ("{format: idx, images: a, labels: b, path: c}", "path"),
      ("{format: csv, path: a, labels: b, images: c}", "images"),
      ("{format: hdf5, path: a, images: b}", "labels"), ("{format: png, path: a}", "format"),
      ("{format: csv, path: a, labels: b, limit: 0}", "limit"),
      ("{format: csv, path: a, labels: b, sha256: abc}", "sha256"),
      ("{format: csv, path: a, labels: b, scaling: all}", "scaling"),
      ("{format: csv, path: a, label: b}", "label"),
    ])
  func settings(yaml: String, path: String) {
    let error = #expect(throws: ConfigurationError.self) {
      _ = try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() as DatasetSource
    }
    #expect(error?.path == path)
  }

  @Test("Resolved settings read back as themselves")
  func roundTrip() throws {
    let source = DatasetSource {
      $0.format = .hdf5
      $0.path = "a b.h5"
      $0.images = "x"
      $0.labels = "y"
      $0.limit = 3
    }
    let yaml = try ConfigurationDocument.yaml(encoding: source)
    #expect(try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() == source)
  }
}
