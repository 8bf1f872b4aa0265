import Evaluation
import Reporting

extension RegimeMeasurement {
  /// One of the kinds of tasks on which a model is measured.
  struct Cell: Sendable {
    /// As programs call it.
    let name: String
    /// As people call it.
    let words: String
    let path: any KeyPath<RegimeMeasurement, SequenceImprovement?> & Sendable
  }

  /// Seen and unseen tasks on seen and unseen data.
  static let cells = [
    Cell(name: "seen_tasks", words: "seen tasks", path: \.seenTasks),
    Cell(name: "unseen_tasks", words: "unseen tasks", path: \.allUnseenTasks),
    Cell(
      name: "seen_tasks_unseen_data", words: "seen tasks on unseen data",
      path: \.seenTasksUnseenData),
    Cell(
      name: "unseen_tasks_unseen_data", words: "unseen tasks on unseen data",
      path: \.unseenTasksUnseenData),
  ]

  /// What is always there, among those that may be missing.
  private var allUnseenTasks: SequenceImprovement? { unseenTasks }

  /// The regime, with a mark where its interval leaves room for another.
  var verdict: String { regime.phrase + (isClear ? "" : " (not clear)") }
}

extension Estimate {
  /// The number and its interval, for people.
  var text: String { "\(value.fixed(3)) [\(low.fixed(3)), \(high.fixed(3))]" }
}

extension Regime {
  /// What models of this regime do.
  ///
  /// - Parameter count: how many there are.
  func phrase(of count: Int) -> String {
    guard count != 1 else { return phrase }
    return switch self {
    case .hasNotLearned: "have not learned"
    case .memorises: "memorise"
    case .identifiesTasks: "identify tasks"
    case .learnsToLearn: "learn to learn"
    }
  }
}
