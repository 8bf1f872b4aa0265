/// One thing that `manabi doctor` looked at.
struct Finding: Encodable {
  enum Verdict: String, Encodable {
    case ok
    /// Work goes on, slower or less safe than it could.
    case warning
    /// Something cannot work.
    case problem
  }

  let subject: String
  let verdict: Verdict
  /// What was found.
  let state: String
  /// What to do about it; `nil` if nothing is to be done.
  let advice: String?

  static func ok(_ subject: String, _ state: String) -> Finding {
    Finding(subject: subject, verdict: .ok, state: state, advice: nil)
  }

  static func warning(_ subject: String, _ state: String, _ advice: String) -> Finding {
    Finding(subject: subject, verdict: .warning, state: state, advice: advice)
  }

  static func problem(_ subject: String, _ state: String, _ advice: String) -> Finding {
    Finding(subject: subject, verdict: .problem, state: state, advice: advice)
  }
}
