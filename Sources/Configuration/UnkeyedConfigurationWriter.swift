/// Writes the elements of a sequence.
struct UnkeyedConfigurationWriter: UnkeyedEncodingContainer {
  let encoder: ConfigurationEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.target.count }

  func encodeNil() { element().encodeNil() }

  func encode(_ value: some Encodable) throws { try element().write(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    element().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }

  func superEncoder() -> any Encoder { element() }

  private func element() -> ConfigurationEncoder {
    encoder.descending(to: ConfigurationKey(index: count), encoder.target.element())
  }
}
