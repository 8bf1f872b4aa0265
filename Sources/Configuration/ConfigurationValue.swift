/// A part of a configuration that is kept as it was written, to be laid over another one.
package struct ConfigurationValue: Sendable {
  let node: ConfigurationNode

  /// The value that a word of YAML or a number in it stands for.
  package init(_ word: String) { node = ConfigurationNode(.scalar(word, isQuoted: false)) }

  /// A whole document.
  package init(_ document: ConfigurationDocument) { node = document.root }

  /// A single word or number as text, `null` included; nil for what has parts.
  package var word: String? {
    guard case .scalar(let text, _) = node.content else { return nil }
    return node.isNull ? "null" : text
  }
}

extension ConfigurationValue: Codable {
  /// - Throws: ``ConfigurationError`` if the decoder reads anything but a configuration.
  package init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? ConfigurationDecoder else { throw Self.foreignCoder }
    node = decoder.node
  }

  /// - Throws: ``ConfigurationError`` if the encoder writes anything but a configuration.
  package func encode(to encoder: any Encoder) throws {
    guard let encoder = encoder as? ConfigurationEncoder else { throw Self.foreignCoder }
    encoder.target.content = .node(node)
  }

  private static var foreignCoder: ConfigurationError {
    ConfigurationError(path: "", message: "only a configuration has such values")
  }
}
