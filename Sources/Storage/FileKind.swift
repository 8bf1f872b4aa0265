/// What a sealed file holds.
package enum FileKind: String, CaseIterable, Codable, Sendable {
  case checkpoint
  case taskSet = "task-set"
  case report

  /// How a sentence calls it.
  package var noun: String {
    switch self {
    case .checkpoint: "a checkpoint"
    case .taskSet: "a task set"
    case .report: "a report"
    }
  }
}
