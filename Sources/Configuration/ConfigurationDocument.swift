/// A configuration as text says it, to be overlaid, overridden and then decoded.
///
/// Decoding reports every error with the line of the text or the override that caused it.
package struct ConfigurationDocument: Sendable {
  /// How deep an override reaches; no configuration is as deep.
  private static let longestPath = 100

  var root: ConfigurationNode
  private let name: String

  /// Parses a YAML text, of which an empty one is an empty mapping.
  ///
  /// - Parameters:
  ///   - text: at most 1 MB.
  ///   - name: how errors call the text, such as `experiment.yaml`.
  /// - Throws: ``ConfigurationError`` if the text is no YAML mapping, repeats a key, uses aliases
  ///   or is too long.
  package init(yaml text: String, name: String) throws {
    self.name = name
    root = try ConfigurationNode(yaml: text) { .text(name: name, line: $0) }
    if root.isNull { root.content = .mapping([]) }
    guard case .mapping = root.content else {
      throw ConfigurationError(
        path: "", message: "expected keys with values, found \(root.summary)",
        origin: .text(name: name, line: nil))
    }
  }

  /// The document that `value` encodes to.
  ///
  /// - Parameters:
  ///   - value: a mapping of settings.
  ///   - name: how errors call the document, such as the name of a recipe.
  /// - Throws: `EncodingError` if a number is not finite.
  package init(encoding value: some Encodable, name: String) throws {
    self.name = name
    root = try ConfigurationEncoder.node(encoding: value)
  }

  /// The document that a value is, a mapping.
  ///
  /// - Throws: ``ConfigurationError`` if it is anything else.
  package init(_ value: ConfigurationValue, name: String) throws {
    self.name = name
    root = value.node
    guard case .mapping = root.content else {
      throw ConfigurationError(
        path: "", message: "expected keys with values, found \(root.summary)", origin: root.origin)
    }
  }

  /// Whether `key` stands at the top of the document.
  package func contains(_ key: String) -> Bool { root.member(key) != nil }

  /// Lays `upper` over this document: its values win.
  ///
  /// Mappings merge key by key, anything else is replaced; a mapping whose `kind` differs from the
  /// one below replaces it whole.
  package mutating func overlay(_ upper: ConfigurationDocument) {
    root = root.overlaid(with: upper.root)
  }

  /// Applies an override such as `optimizer.learningRate=3e-4`.
  ///
  /// The value is YAML, so `widths=[32, 64]` works. A number in the path steps into a sequence.
  ///
  /// - Throws: ``ConfigurationError`` if `argument` is not of the form `path=value` or steps into a
  ///   single value.
  package mutating func override(_ argument: String) throws {
    let origin = ConfigurationError.Origin.override(argument)
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw Self.formError(origin) }
    var value = try ConfigurationNode(yaml: String(parts[1])) { _ in origin }
    if parts[1].isEmpty { value = ConfigurationNode(.scalar("", isQuoted: false), origin: origin) }
    try override(String(parts[0]), with: value, from: origin)
  }

  /// Applies an override that another text asks for, which errors then name.
  ///
  /// - Parameters:
  ///   - path: keys joined by dots, such as `optimizer.learningRate`.
  ///   - value: laid over what is there.
  /// - Throws: ``ConfigurationError`` if the path steps into a single value.
  package mutating func override(_ path: String, with value: ConfigurationValue) throws {
    let origin = value.node.origin ?? .text(name: name, line: nil)
    try override(path, with: value.node, from: origin)
  }

  private mutating func override(
    _ path: String, with value: ConfigurationNode, from origin: ConfigurationError.Origin
  ) throws {
    let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard keys.allSatisfy({ !$0.isEmpty }) else { throw Self.formError(origin) }
    guard keys.count <= Self.longestPath else {
      throw ConfigurationError(
        path: "", message: "the key has \(keys.count) parts, more than \(Self.longestPath)",
        origin: origin)
    }
    do {
      root = try root.overriding(keys[...], with: value)
    } catch let error as ConfigurationError {
      throw error.located(at: origin)
    }
  }

  private static func formError(_ origin: ConfigurationError.Origin) -> ConfigurationError {
    ConfigurationError(
      path: "", message: "expected `key=value`, such as `optimizer.learningRate=3e-4`",
      origin: origin)
  }

  /// Decodes the whole document.
  ///
  /// - Throws: ``ConfigurationError`` with the place of the first value that does not fit.
  package func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    do {
      return try ConfigurationDecoder(node: root).value(of: type)
    } catch let error as ConfigurationError {
      let path = error.path.split(separator: ".").map(String.init)
      throw error.located(at: root.origin(at: path) ?? .text(name: name, line: nil))
    }
  }

  /// The document as YAML, its keys in the order of the text or of the encoded type.
  ///
  /// - Throws: an error of the emitter; none is known for what this type can hold.
  package func yaml() throws -> String { try root.yaml() }
}

extension ConfigurationDocument {
  /// The YAML text of a value: every key that it encodes, numbers to the last digit.
  ///
  /// - Throws: `EncodingError` if a number is not finite.
  package static func yaml(encoding value: some Encodable) throws -> String {
    try ConfigurationDocument(encoding: value, name: "").yaml()
  }
}
