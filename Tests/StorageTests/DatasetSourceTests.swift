import Configuration
import Foundation
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

  /// What `Scripts/make-foreign-dataset.py` writes.
  private static let foreign = Bundle.module.bundleURL.appending(path: "Datasets/foreign.h5").path

  private static func read(_ images: String, _ labels: String) throws -> LabeledItems {
    try LabeledItems(
      DatasetSource {
        $0.format = .hdf5
        $0.path = foreign
        $0.images = images
        $0.labels = labels
        $0.scaling = .none
      })
  }

  @Test("Arrays are read from chunks, filters, groups and big-endian numbers")
  func arrays() throws {
    let bytes: [Float] = (0..<36).map { Float($0) * 7 }
    let (shares, quarters) = (bytes.map { $0 / 255 }, bytes.map { $0 / 4 })
    let items = try Self.read("images", "labels")
    #expect(items.items == shares && items.extents == [2, 3])
    #expect(items.labels == [1, 0, 1, 2, 0, 2] && items.classCount == 3)
    let others = try Self.read("/test/images", "column")
    #expect(others.items == quarters)
    #expect(others.labels == items.labels)
    #expect(try Self.read("packed", "labels") == items)
  }

  @Test(
    "Arrays that cannot be a dataset are refused",
    arguments: [
      ("imges", "labels", "there is no array 'imges'"), ("test", "labels", "test/images"),
      ("images/0", "labels", "there is no array 'images/0'"), ("", "labels", "no array"),
      ("elsewhere", "labels", "in the file itself"), ("text", "labels", "no numbers"),
      ("images", "text", "no numbers"), ("images", "halves", "'1.5' is not a whole number"),
      ("images", "huge", "beyond"), ("images", "few", "4 labels for 6 items"),
      ("images", "images", "3 axes"), ("labels", "labels", "1 axes"),
      ("rounded", "labels", "filter 6"), ("promise", "labels", "does not hold"),
      ("holes", "labels", "item 3, feature 4"), ("empty", "labels", "6 labels for 0 items"),
    ])
  func arrayErrors(images: String, labels: String, mention: String) {
    let error = #expect(throws: DatasetError.self) { try Self.read(images, labels) }
    #expect(error?.path == Self.foreign)
    let message = error?.description ?? ""
    #expect(message.contains(mention), "\(message)")
  }

  @Test("Files that are no HDF5, or cut short, are refused")
  func brokenFiles() throws {
    let whole = try POSIXFileSystem().read(Self.foreign)
    for bytes in [Array(whole.prefix(10_000)), Array("no HDF5 at all".utf8), []] {
      try withTemporaryDirectory { directory in
        try POSIXFileSystem().replace("\(directory)/f.h5", with: bytes)
        let error = #expect(throws: DatasetError.self) {
          try LabeledItems(
            DatasetSource {
              $0.format = .hdf5
              $0.path = "\(directory)/f.h5"
              $0.images = "images"
              $0.labels = "labels"
            })
        }
        guard case .unreadable = error?.problem else {
          Issue.record("\(String(describing: error))")
          return
        }
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
