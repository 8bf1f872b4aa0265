/// The elements of a sequence, for a type that decodes them in order.
struct UnkeyedConfigurationContainer: UnkeyedDecodingContainer {
  let elements: [ConfigurationNode]
  let decoder: ConfigurationDecoder
  private(set) var currentIndex = 0

  init(elements: [ConfigurationNode], decoder: ConfigurationDecoder) {
    self.elements = elements
    self.decoder = decoder
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex == elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try current().decodeNil() else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next().value(of: type)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> ConfigurationDecoder {
    let decoder = try current()
    currentIndex += 1
    return decoder
  }

  private func current() throws -> ConfigurationDecoder {
    guard !isAtEnd else {
      throw ConfigurationError(
        path: codingPath.configurationPath,
        message: "expected more than \(elements.count) elements")
    }
    return decoder.descending(to: ConfigurationKey(index: currentIndex), elements[currentIndex])
  }
}
