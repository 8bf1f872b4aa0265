/// Encodes a value into a tree of nodes.
struct ConfigurationEncoder: Encoder {
  let target: EncodedNode
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// - Throws: `EncodingError` if a number is not finite.
  static func node(encoding value: some Encodable) throws -> ConfigurationNode {
    let target = EncodedNode()
    try ConfigurationEncoder(target: target).write(value)
    return target.node
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    target.becomeMapping()
    return KeyedEncodingContainer(KeyedConfigurationWriter<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    target.becomeSequence()
    return UnkeyedConfigurationWriter(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func write(_ value: some Encodable) throws {
    guard let scalar = value as? any ConfigurationScalar else { return try value.encode(to: self) }
    guard let text = scalar.scalar else {
      throw EncodingError.invalidValue(
        value,
        .init(
          codingPath: codingPath,
          debugDescription: "`\(codingPath.configurationPath)` is \(value), not a finite number"))
    }
    target.content = .scalar(text, isQuoted: value is String)
  }

  func descending(to key: some CodingKey, _ target: EncodedNode) -> ConfigurationEncoder {
    ConfigurationEncoder(target: target, codingPath: codingPath + [key])
  }
}

extension ConfigurationEncoder: SingleValueEncodingContainer {
  func encodeNil() { target.content = .scalar("null", isQuoted: false) }

  func encode(_ value: some Encodable) throws { try write(value) }
}
