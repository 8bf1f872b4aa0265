/// What is wrong with a configuration, and where.
package struct ConfigurationError: Error, Equatable {
  /// Where the offending value was written.
  package enum Origin: Equatable, Sendable {
    /// In a text, such as a file, at a line counted from one if it is known.
    case text(name: String, line: Int?)
    /// In a `--set path=value` argument, given here without the flag.
    case override(String)
  }

  /// The place in the configuration, such as `family.noise`; empty for the whole document.
  package let path: String
  /// What is wrong there and what would be right, without the place.
  package let message: String
  /// Where that place was written; `nil` if it stands nowhere, as a default does.
  package let origin: Origin?

  package init(path: String, message: String, origin: Origin? = nil) {
    self.path = path
    self.message = message
    self.origin = origin
  }

  /// The line of the text at which the value stands, counted from one.
  package var line: Int? {
    if case .text(_, let line) = origin { line } else { nil }
  }

  func located(at origin: Origin?) -> ConfigurationError {
    ConfigurationError(path: path, message: message, origin: self.origin ?? origin)
  }
}

extension ConfigurationError: CustomStringConvertible {
  package var description: String {
    let place = path.isEmpty || message.contains("`\(path)`") ? "" : "`\(path)`: "
    switch origin {
    case nil: return place + message
    case .text(let name, nil): return "\(name): \(place)\(message)"
    case .text(let name, let line?): return "\(name), line \(line): \(place)\(message)"
    case .override(let argument):
      return "`--set \(argument)`: \(argument.hasPrefix(path + "=") ? "" : place)\(message)"
    }
  }
}
