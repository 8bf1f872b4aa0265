internal import Configuration

/// A task set on the disk, as an experiment names it: a path, or `path` and `digest`.
package struct TaskSetReference: Hashable, Sendable {
  /// A directory of shards, or one file.
  package var path: String
  /// SHA-256 of the set, which a run writes down when it begins; nil if any will do.
  package var digest: String?

  package init(path: String, digest: String? = nil) {
    self.path = path
    self.digest = digest
  }
}

extension TaskSetReference: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case path, digest
  }

  package init(from decoder: any Decoder) throws {
    if let path = try? decoder.singleValueContainer().decode(String.self) {
      self.init(path: path)
      return
    }
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    self.init(path: try values.value(.path), digest: try values.optional(.digest))
  }
}
