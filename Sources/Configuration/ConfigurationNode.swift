/// A value of a configuration before it has a type: what YAML can say, with the place where it was
/// said.
struct ConfigurationNode: Sendable {
  enum Content: Sendable {
    /// Text as written; `isQuoted` tells `"5"` from `5`.
    case scalar(String, isQuoted: Bool)
    case sequence([ConfigurationNode])
    case mapping([Entry])
  }

  /// A key of a mapping with its value. The order of the entries is that of the text.
  struct Entry: Sendable {
    let key: String
    var value: ConfigurationNode
  }

  var content: Content
  var origin: ConfigurationError.Origin?

  init(_ content: Content, origin: ConfigurationError.Origin? = nil) {
    self.content = content
    self.origin = origin
  }

  /// Whether this is YAML's null: nothing, `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let text, isQuoted: false) = content else { return false }
    return ["", "~", "null"].contains(text)
  }

  /// How an error message shows what was found.
  var summary: String {
    switch content {
    case .scalar where isNull: "nothing"
    case .scalar(let text, _): "`\(text.prefix(60))\(text.count > 60 ? "…" : "")`"
    case .sequence: "a sequence"
    case .mapping: "a mapping"
    }
  }

  /// The member under a key of a mapping or an index of a sequence.
  func member(_ name: String) -> ConfigurationNode? {
    switch content {
    case .scalar: return nil
    case .sequence(let elements):
      guard let index = Int(name), elements.indices.contains(index) else { return nil }
      return elements[index]
    case .mapping(let entries): return entries.first { $0.key == name }?.value
    }
  }

  /// Where the node at `path`, or its nearest ancestor that exists, was written.
  func origin(at path: some Collection<String>) -> ConfigurationError.Origin? {
    guard let name = path.first, let member = member(name) else { return origin }
    return member.origin(at: path.dropFirst()) ?? origin
  }
}

extension ConfigurationNode {
  /// This node with `upper` laid over it.
  ///
  /// Mappings merge key by key; anything else is replaced. A mapping whose `kind` is not the one
  /// below replaces it whole, since the other keys belong to another type.
  func overlaid(with upper: ConfigurationNode) -> ConfigurationNode {
    guard case .mapping(var entries) = content, case .mapping(let upperEntries) = upper.content,
      !differsInKind(from: upper)
    else { return upper }
    for entry in upperEntries {
      if let index = entries.firstIndex(where: { $0.key == entry.key }) {
        entries[index].value = entries[index].value.overlaid(with: entry.value)
      } else {
        entries.append(entry)
      }
    }
    return ConfigurationNode(.mapping(entries), origin: origin)
  }

  private func differsInKind(from upper: ConfigurationNode) -> Bool {
    guard case .scalar(let upperKind, _) = upper.member("kind")?.content else { return false }
    guard case .scalar(let kind, _) = member("kind")?.content else { return true }
    return kind != upperKind
  }
}
