import ComputeGraph

/// Parameters by name, below a prefix.
struct ParameterScope {
  private let parameters: [String: Term]
  private let prefix: String

  init(_ parameters: [String: Term], prefix: String = "") {
    self.parameters = parameters
    self.prefix = prefix
  }

  func appending(_ name: String) -> ParameterScope {
    ParameterScope(parameters, prefix: prefix + name + ".")
  }

  /// The parameter of this name, if the model has it.
  func optionalTerm(_ name: String) -> Term? { parameters[prefix + name] }

  func term(_ name: String) -> Term {
    guard let term = parameters[prefix + name] else {
      preconditionFailure("A model lists every parameter that it uses: \(prefix + name).")
    }
    return term
  }
}
