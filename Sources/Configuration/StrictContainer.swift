/// The members of a mapping that may hold no keys but those of its type.
///
/// A configuration type reads itself in one line a property, with the default and the range beside
/// it:
///
/// ```swift
/// init(from decoder: any Decoder) throws {
///   let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
///   dimension = try container.value(.dimension, default: 20, in: 1...4096)
///   noise = try container.value(.noise, default: 0, in: 0...10)
/// }
/// ```
///
/// A key that is absent takes its default, and so does one whose value is null, unless null says
/// that there is none, as it does of a limit.
package struct StrictContainer<Key: CodingKey> {
  private let container: KeyedDecodingContainer<Key>

  fileprivate init(_ container: KeyedDecodingContainer<Key>) { self.container = container }

  /// The value of a key that has to be there.
  ///
  /// - Throws: ``ConfigurationError`` if it is missing or does not fit the type.
  package func value<Value: Decodable>(_ key: Key) throws -> Value {
    guard let value: Value = try optional(key) else { throw error(key, "is missing") }
    return value
  }

  /// The value of a key that has to be there and to lie in a range.
  ///
  /// - Throws: ``ConfigurationError`` if it is missing, does not fit the type or lies outside
  ///   `range`.
  package func value<Value: Decodable & Comparable>(
    _ key: Key, in range: ClosedRange<Value>
  ) throws -> Value {
    try checked(try value(key), key, range)
  }

  /// The value of a key, or the default.
  ///
  /// - Throws: ``ConfigurationError`` if it does not fit the type.
  package func value<Value: Decodable>(_ key: Key, default: Value) throws -> Value {
    try optional(key) ?? `default`
  }

  /// The value of a key, or the default, within a range.
  ///
  /// - Throws: ``ConfigurationError`` if it does not fit the type or lies outside `range`.
  package func value<Value: Decodable & Comparable>(
    _ key: Key, default: Value, in range: ClosedRange<Value>
  ) throws -> Value {
    try checked(try value(key, default: `default`), key, range)
  }

  /// The value of a key, or `nil` if it is absent or null.
  ///
  /// - Throws: ``ConfigurationError`` if it does not fit the type.
  package func optional<Value: Decodable>(
    _ key: Key, as type: Value.Type = Value.self
  ) throws -> Value? {
    try container.decodeIfPresent(type, forKey: key)
  }

  /// The value of a key, or `nil` if it is absent or null, within a range.
  ///
  /// - Throws: ``ConfigurationError`` if it does not fit the type or lies outside `range`.
  package func optional<Value: Decodable & Comparable>(
    _ key: Key, in range: ClosedRange<Value>
  ) throws -> Value? {
    try optional(key).map { try checked($0, key, range) }
  }

  /// The value of a key within a range, or `nil` if it is null; the default if it is absent.
  ///
  /// - Throws: ``ConfigurationError`` if it does not fit the type or lies outside `range`.
  package func optional<Value: Decodable & Comparable>(
    _ key: Key, default: Value, in range: ClosedRange<Value>
  ) throws -> Value? {
    container.contains(key) ? try optional(key, in: range) : `default`
  }

  /// An error about the value of `key`, for a rule that this container does not know; the message
  /// says what is expected, such as `has to divide the model's width`.
  package func error(_ key: Key, _ message: String) -> ConfigurationError {
    ConfigurationError(path: (container.codingPath + [key]).configurationPath, message: message)
  }

  private func checked<Value: Comparable>(
    _ value: Value, _ key: Key, _ range: ClosedRange<Value>
  ) throws -> Value {
    guard range.contains(value) else {
      throw error(
        key, "expected a value from \(range.lowerBound) to \(range.upperBound), found \(value)")
    }
    return value
  }
}

extension Decoder {
  /// The members of a mapping, whose keys all have to be cases of `Key`.
  ///
  /// - Parameters:
  ///   - type: the keys that the mapping may hold.
  ///   - others: further keys that somebody else reads, such as the `kind` beside which this
  ///     stands.
  /// - Returns: the container to read them from.
  /// - Throws: ``ConfigurationError`` if this is no mapping or holds an unknown key.
  package func strictContainer<Key: CodingKey & CaseIterable>(
    keyedBy type: Key.Type, besides others: [String] = []
  ) throws -> StrictContainer<Key> {
    try refuseKeys(except: Key.allCases.map(\.stringValue), besides: others)
    return StrictContainer(try container(keyedBy: type))
  }

  /// The members of a mapping, whose keys all have to be among `names` or `others`.
  func strictContainer(
    of names: [String], besides others: [String]
  ) throws -> StrictContainer<ConfigurationKey> {
    try refuseKeys(except: names, besides: others)
    return StrictContainer(try container(keyedBy: ConfigurationKey.self))
  }

  private func refuseKeys(except known: [String], besides others: [String]) throws {
    for key in try container(keyedBy: ConfigurationKey.self).allKeys
    where !known.contains(key.stringValue) && !others.contains(key.stringValue) {
      let path = (codingPath + [key]).configurationPath
      let advice = advice(for: key.stringValue, among: known)
      throw ConfigurationError(path: path, message: "unknown key `\(path)`; \(advice)")
    }
  }

  /// The case that the key `kind` names, for an enumeration whose cases carry different settings.
  ///
  /// The settings stand beside `kind` in the same mapping: they are read from the same decoder with
  /// `strictContainer(keyedBy:besides: ["kind"])`.
  ///
  /// - Throws: ``ConfigurationError`` if it is missing or names no case.
  package func kind<Kind>(_ type: Kind.Type = Kind.self) throws -> Kind
  where Kind: CaseIterable & Decodable & RawRepresentable<String> {
    try StrictContainer(try container(keyedBy: KindKey.self)).value(.kind)
  }

  /// The case that the key `kind` names, or a default if there is no such key.
  ///
  /// - Throws: ``ConfigurationError`` if it names no case.
  package func kind<Kind>(default: Kind) throws -> Kind
  where Kind: CaseIterable & Decodable & RawRepresentable<String> {
    try StrictContainer(try container(keyedBy: KindKey.self)).value(.kind, default: `default`)
  }
}

private enum KindKey: String, CodingKey, CaseIterable {
  case kind
}
