extension ConfigurationNode {
  /// This node with another value under a key, wherever that key stands.
  func replacing(_ key: String, with value: ConfigurationNode) -> ConfigurationNode {
    switch content {
    case .scalar: return self
    case .sequence(let elements):
      let replaced = elements.map { $0.replacing(key, with: value) }
      return ConfigurationNode(.sequence(replaced), origin: origin)
    case .mapping(let entries):
      let replaced = entries.map { entry in
        Entry(
          key: entry.key, value: entry.key == key ? value : entry.value.replacing(key, with: value))
      }
      return ConfigurationNode(.mapping(replaced), origin: origin)
    }
  }
}

extension ConfigurationDocument {
  /// Gives a number to a key wherever it stands, however deep.
  ///
  /// - Parameters:
  ///   - key: such as `exampleCount`.
  ///   - number: its value everywhere.
  ///   - origin: what a user said to have it so, such as `--examples 40`, for errors.
  package mutating func replaceAll(_ key: String, with number: Int, origin: String) {
    let value = ConfigurationNode(
      .scalar("\(number)", isQuoted: false), origin: .text(name: origin, line: nil))
    root = root.replacing(key, with: value)
  }
}
