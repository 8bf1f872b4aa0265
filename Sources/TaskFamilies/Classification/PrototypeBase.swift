/// Where the class prototypes of a ``PrototypeClassification`` come from.
package enum PrototypeBase: String, Codable, CaseIterable, Sendable {
  /// Drawn once from the base seed: tasks share them, seen through different projections.
  case fixed
  /// Drawn anew for every task.
  case fresh
}
