/// Decodes a node into a type.
struct ConfigurationDecoder: Decoder {
  let node: ConfigurationNode
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .mapping(let entries) = node.content else { throw mismatch("keys with values") }
    return KeyedDecodingContainer(KeyedConfigurationContainer<Key>(entries: entries, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .sequence(let elements) = node.content else { throw mismatch("a sequence `[…]`") }
    return UnkeyedConfigurationContainer(elements: elements, decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  /// Decodes `node`, scalars by their text and everything else by its own initialiser.
  func value<Value: Decodable>(of type: Value.Type) throws -> Value {
    if let scalarType = type as? any ConfigurationScalar.Type {
      guard case .scalar(let text, let isQuoted) = node.content, !node.isNull,
        !isQuoted || type == String.self, let value = scalarType.init(scalar: text) as? Value
      else { throw mismatch(scalarType.expectation) }
      return value
    }
    do {
      return try Value(from: self)
    } catch let error as DecodingError {
      let names = caseNames(of: type)
      guard !names.isEmpty, case .scalar(let text, _) = node.content else {
        throw ConfigurationError(error)
      }
      throw ConfigurationError(
        path: codingPath.configurationPath,
        message: "unknown value `\(text)`; \(advice(for: text, among: names))")
    }
  }

  func descending(to key: some CodingKey, _ node: ConfigurationNode) -> ConfigurationDecoder {
    ConfigurationDecoder(node: node, codingPath: codingPath + [key])
  }

  private func mismatch(_ expectation: String) -> ConfigurationError {
    ConfigurationError(
      path: codingPath.configurationPath,
      message: "expected \(expectation), found \(node.summary)")
  }
}

extension ConfigurationDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { node.isNull }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try value(of: type) }
}

extension [any CodingKey] {
  /// The keys joined by dots, elements of sequences by their number.
  var configurationPath: String {
    map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}

extension ConfigurationError {
  /// The error of a type's own `init(from:)`, in the words of this module.
  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(path: (context.codingPath + [key]).configurationPath, message: "is missing")
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      self.init(path: context.codingPath.configurationPath, message: context.debugDescription)
    @unknown default:
      self.init(path: "", message: "\(error)")
    }
  }
}

/// The words of an enumeration of words, none for any other type.
private func caseNames(of type: (some Any).Type) -> [String] {
  func names<Case: CaseIterable>(_ type: Case.Type) -> [String] {
    type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
  }
  return (type as? any CaseIterable.Type).map { names($0) } ?? []
}
