/// An element of an XML document; text and attribute values are escaped as it is written.
struct XMLElement: Sendable {
  let name: String
  var attributes: [(name: String, value: String)]
  let text: String
  let children: [XMLElement]

  init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String = "",
    children: [XMLElement] = []
  ) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value) }
    self.text = text
    self.children = children
  }

  /// The element on lines of its own, indented by two blanks for each level.
  func rendered(depth: Int = 0) -> String {
    let indent = String(repeating: "  ", count: depth)
    let head = attributes.reduce("\(indent)<\(name)") { line, attribute in
      "\(line) \(attribute.name)=\"\(Self.escaped(attribute.value))\""
    }
    if children.isEmpty {
      return text.isEmpty ? "\(head)/>\n" : "\(head)>\(Self.escaped(text))</\(name)>\n"
    }
    let inner = children.map { $0.rendered(depth: depth + 1) }.joined()
    return "\(head)>\n\(inner)\(indent)</\(name)>\n"
  }

  /// `text` with the five marks of XML as entities, and without the control characters that XML 1.0
  /// forbids.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case _ where scalar.value < 32 && scalar != "\n" && scalar != "\t": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
