/// A node that is being written: encoders hand out containers that all write to it.
final class EncodedNode {
  enum Content {
    case scalar(String, isQuoted: Bool)
    case sequence([EncodedNode])
    case mapping([(key: String, value: EncodedNode)])
    /// What was a node before.
    case node(ConfigurationNode)
  }

  /// A type that encodes nothing is an empty mapping.
  var content = Content.mapping([])

  func becomeMapping() {
    if case .mapping = content { return }
    content = .mapping([])
  }

  func becomeSequence() {
    if case .sequence = content { return }
    content = .sequence([])
  }

  /// A new node under `key`, in place of one that was written there before.
  func member(_ key: String) -> EncodedNode {
    let member = EncodedNode()
    guard case .mapping(var entries) = content else { return member }
    entries.removeAll { $0.key == key }
    entries.append((key, member))
    content = .mapping(entries)
    return member
  }

  /// A new node at the end of the sequence.
  func element() -> EncodedNode {
    let element = EncodedNode()
    guard case .sequence(let elements) = content else { return element }
    content = .sequence(elements + [element])
    return element
  }

  var count: Int {
    if case .sequence(let elements) = content { elements.count } else { 0 }
  }

  var node: ConfigurationNode {
    switch content {
    case .node(let node): node
    case .scalar(let text, let isQuoted): ConfigurationNode(.scalar(text, isQuoted: isQuoted))
    case .sequence(let elements): ConfigurationNode(.sequence(elements.map(\.node)))
    case .mapping(let entries):
      ConfigurationNode(.mapping(entries.map { .init(key: $0.key, value: $0.value.node) }))
    }
  }
}
