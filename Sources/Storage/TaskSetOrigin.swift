/// Where the episodes of a task set come from.
package enum TaskSetOrigin: Equatable, Sendable {
  /// Drawn: episode `i` is the one that child `i` of a key names.
  ///
  /// The family is YAML; `key` has the two words of the key, which was made from `seed`.
  case family(yaml: String, seed: UInt64, key: [UInt64])
  /// Brought in from a file of others.
  case imported(from: String)
}
