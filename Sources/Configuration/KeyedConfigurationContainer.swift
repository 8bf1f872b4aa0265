/// The members of a mapping, for a type that decodes itself by keys.
struct KeyedConfigurationContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let entries: [ConfigurationNode.Entry]
  let decoder: ConfigurationDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { entries.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { entries.contains { $0.key == key.stringValue } }

  func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try member(key).value(of: type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }

  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

  private func member(_ key: Key) throws -> ConfigurationDecoder {
    guard let entry = entries.first(where: { $0.key == key.stringValue }) else {
      throw ConfigurationError(
        path: (codingPath + [key]).configurationPath, message: "is missing")
    }
    return decoder.descending(to: key, entry.value)
  }
}
