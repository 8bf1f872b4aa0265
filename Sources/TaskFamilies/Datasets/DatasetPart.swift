/// Which items of a dataset a family draws.
package enum DatasetPart: String, Codable, CaseIterable, Sendable {
  case all
  /// The items that are not kept for tests.
  case train
  case test
}
