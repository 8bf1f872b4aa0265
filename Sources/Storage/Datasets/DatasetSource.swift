package import Configuration

/// Where a dataset of labelled items lies, and how its numbers are scaled.
package struct DatasetSource: Settings {
  package enum Format: String, Codable, CaseIterable, Sendable {
    /// The format of the MNIST files: one of images, one of labels, packed by gzip or not.
    case idx
    /// A table with a line of column names; one column holds the labels.
    case csv
    /// An HDF5 file with an array of images and one of labels.
    case hdf5
  }

  package enum Scaling: String, Codable, CaseIterable, Sendable {
    /// The whole dataset gets mean 0 and variance 1.
    case dataset
    /// Every feature gets mean 0 and variance 1; one that never varies becomes 0.
    case feature
    /// Numbers are as in the file, unsigned bytes from 0 to 1.
    case none
  }

  package var format = Format.idx
  /// Of a table or an HDF5 file.
  package var path: String?
  /// A file, or an array of an HDF5 file.
  package var images: String?
  /// A file, an array of an HDF5 file, or a column.
  package var labels: String?
  /// How many items to read; all if nil.
  package var limit: Int?
  package var scaling = Scaling.dataset
  /// SHA-256 in hexadecimal digits.
  package var sha256: String?

  package static let settings: [Setting<Self>] = [
    Setting(
      "format", required: \.format,
      limits: Format.allCases.map(\.rawValue).joined(separator: " | "),
      "format of the files"),
    Setting("path", text: \.path, "file of a csv or hdf5 dataset"),
    Setting("images", text: \.images, "file of the images (idx), or their array (hdf5)"),
    Setting(
      "labels", text: \.labels, "file of the labels (idx), their array (hdf5) or column (csv)"),
    Setting(
      "limit", optional: \.limit, in: 1...Int.max, "items to read, from the first; all if null"),
    Setting("scaling", choice: \.scaling, "what gets mean 0 and variance 1"),
    Setting("sha256", text: \.sha256, "digest of the file, or of images and then labels"),
  ]

  package init() {}

  /// The defaults with some changes.
  package init(_ change: (inout Self) -> Void) {
    self.init()
    change(&self)
  }

  /// What the files are called in messages.
  package var name: String { path ?? images ?? "the dataset" }

  package func check() throws(SettingProblem) {
    let needed: [(name: String, value: String?, meaning: String)] =
      switch format {
      case .idx: [("images", images, "the file of images"), ("labels", labels, "that of labels")]
      case .csv: [("path", path, "the table"), ("labels", labels, "its column of labels")]
      case .hdf5:
        [
          ("path", path, "the file"), ("images", images, "its array of images"),
          ("labels", labels, "its array of labels"),
        ]
      }
    for (name, value, meaning) in needed where (value ?? "").isEmpty {
      throw SettingProblem(name, "is missing; \(format.rawValue) needs \(meaning)")
    }
    let others = [("path", path), ("images", images)].filter { other in
      !needed.contains { $0.name == other.0 }
    }
    for (name, value) in others where value != nil {
      throw SettingProblem(
        name,
        "does not belong to \(format.rawValue), which has "
          + needed.map { "`\($0.name)`" }.joined(separator: ", "))
    }
    if let sha256, sha256.count != 64 || !sha256.allSatisfy(\.isHexDigit) {
      throw SettingProblem("sha256", "expected 64 hexadecimal digits, found \(sha256.count) marks")
    }
  }
}

extension Setting {
  /// A text that need not be given.
  fileprivate init(
    _ name: String, text path: any WritableKeyPath<Root, String?> & Sendable, _ meaning: String
  ) {
    self.init(name, path, limits: "text, or null", text: { $0 ?? "null" }, meaning)
  }
}
