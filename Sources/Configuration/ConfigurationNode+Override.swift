extension ConfigurationNode {
  /// This node with `value` laid over what stands at `path`.
  ///
  /// Keys that are missing on the way are made. A number steps into an element of a sequence.
  ///
  /// - Throws: ``ConfigurationError`` if the path steps into a scalar or past the end of a
  ///   sequence.
  func overriding(_ path: ArraySlice<String>, with value: ConfigurationNode) throws
    -> ConfigurationNode
  {
    guard let name = path.first else { return overlaid(with: value) }
    let rest = path.dropFirst()
    switch content {
    case .scalar where !isNull:
      throw ConfigurationError(
        path: "", message: "\(summary) is a single value and has no key `\(name)`")
    case .sequence(var elements):
      guard let index = Int(name), elements.indices.contains(index) else {
        throw ConfigurationError(
          path: "",
          message: "a sequence of \(elements.count) elements, numbered from 0, has no `\(name)`")
      }
      elements[index] = try elements[index].overriding(rest, with: value)
      return ConfigurationNode(.sequence(elements), origin: origin)
    case .scalar, .mapping:
      let below = member(name) ?? ConfigurationNode(.mapping([]), origin: value.origin)
      let above = try below.overriding(rest, with: value)
      let entry = Entry(key: name, value: above)
      let mapping = ConfigurationNode(.mapping([entry]), origin: origin ?? value.origin)
      return isNull ? mapping : overlaid(with: mapping)
    }
  }
}
