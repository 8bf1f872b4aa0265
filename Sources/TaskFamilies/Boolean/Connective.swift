/// How literals are joined.
package enum Connective: String, Codable, CaseIterable, Sendable {
  /// All of them hold.
  case conjunction
  /// At least one of them holds.
  case disjunction
}
