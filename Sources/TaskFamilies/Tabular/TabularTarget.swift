/// What is to be predicted about the rows of a table.
package enum TabularTarget: String, Codable, CaseIterable, Sendable {
  case classification
  case regression
}
