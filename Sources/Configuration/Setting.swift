/// One setting of a configuration type: its key, where the type keeps it, what it may be, and what
/// it means.
///
/// A type that lists its settings (see ``Settings``) is decoded, checked, encoded and described by
/// that list.
package struct Setting<Root: Sendable>: Sendable {
  /// The key in YAML.
  package let name: String
  /// What the setting decides, with its unit, as a phrase.
  package let meaning: String
  /// The values that it may have, such as `1 … 1024`, or nil if its type says it all.
  package let limits: String?
  /// The value as text, for people.
  package let text: @Sendable (_ root: Root) -> String
  let decode: @Sendable (inout Root, StrictContainer<ConfigurationKey>) throws -> Void
  let encode: @Sendable (Root, inout KeyedEncodingContainer<ConfigurationKey>) throws -> Void
}

extension Setting {
  /// A number within a range.
  package init<Value: Codable & Comparable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable,
    in range: ClosedRange<Value>, _ meaning: String
  ) {
    let key = ConfigurationKey(name)
    self.init(
      name: name, meaning: meaning, limits: Self.limits(range),
      text: { "\($0[keyPath: path])" },
      decode: { root, values in
        root[keyPath: path] = try values.value(key, default: root[keyPath: path], in: range)
      },
      encode: { root, values in try values.encode(root[keyPath: path], forKey: key) })
  }

  /// A number within a range, or nothing.
  package init<Value: Codable & Comparable & Sendable>(
    _ name: String, optional path: any WritableKeyPath<Root, Value?> & Sendable,
    in range: ClosedRange<Value>, _ meaning: String
  ) {
    let key = ConfigurationKey(name)
    self.init(
      name: name, meaning: meaning, limits: "\(Self.limits(range)), or null",
      text: { $0[keyPath: path].map { "\($0)" } ?? "null" },
      decode: { root, values in root[keyPath: path] = try values.optional(key, in: range) },
      encode: { root, values in try values.encode(root[keyPath: path], forKey: key) })
  }

  /// A range in words; the largest integer is no limit that people know.
  private static func limits<Value: Comparable>(_ range: ClosedRange<Value>) -> String {
    range.upperBound as? Int == .max
      ? "\(range.lowerBound) or more" : "\(range.lowerBound) … \(range.upperBound)"
  }

  /// Yes or no.
  package init(
    _ name: String, flag path: any WritableKeyPath<Root, Bool> & Sendable, _ meaning: String
  ) {
    self.init(name, path, limits: "true | false", meaning)
  }

  /// One of a few names.
  package init<Value>(
    _ name: String, choice path: any WritableKeyPath<Root, Value> & Sendable, _ meaning: String
  ) where Value: Codable & CaseIterable & RawRepresentable<String> & Sendable {
    self.init(
      name, path, limits: Value.allCases.map(\.rawValue).joined(separator: " | "),
      text: \.rawValue, meaning)
  }

  /// A value of any other kind, with a default.
  package init<Value: Codable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable, limits: String? = nil,
    text: @escaping @Sendable (Value) -> String = { "\($0)" }, _ meaning: String
  ) {
    let key = ConfigurationKey(name)
    self.init(
      name: name, meaning: meaning, limits: limits, text: { text($0[keyPath: path]) },
      decode: { root, values in
        root[keyPath: path] = try values.value(key, default: root[keyPath: path])
      },
      encode: { root, values in try values.encode(root[keyPath: path], forKey: key) })
  }

  /// A value that has to be given.
  package init<Value: Codable & Sendable>(
    _ name: String, required path: any WritableKeyPath<Root, Value> & Sendable,
    limits: String? = nil, _ meaning: String
  ) {
    let key = ConfigurationKey(name)
    self.init(
      name: name, meaning: meaning, limits: limits, text: { _ in "required" },
      decode: { root, values in root[keyPath: path] = try values.value(key) },
      encode: { root, values in try values.encode(root[keyPath: path], forKey: key) })
  }
}
