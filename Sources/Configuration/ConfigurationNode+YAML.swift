import Yams

extension ConfigurationNode {
  /// The longest text that is read, in bytes; a configuration has a few kilobytes.
  static let largestText = 1 << 20

  /// Reads one YAML document.
  ///
  /// Anchors and aliases are refused, since a few lines of them can expand without bound.
  ///
  /// - Throws: ``ConfigurationError`` if the text is too long, not YAML, has aliases or repeats a
  ///   key.
  init(yaml text: String, origin: (Int?) -> ConfigurationError.Origin) throws {
    guard text.utf8.count <= Self.largestText else {
      throw ConfigurationError(
        path: "", message: "larger than 1 MB; a configuration has a few kilobytes",
        origin: origin(nil))
    }
    if let line = Self.lineOfFirstAlias(in: text) ?? Self.lineOfManyAliases(in: text) {
      throw Self.aliasError(origin(line))
    }
    do {
      let parser = try Parser(yaml: text, encoding: .utf8)
      // The parser owns the anchors that the nodes refer to weakly.
      self = try withExtendedLifetime(parser) {
        guard let node = try parser.singleRoot() else { return Self(.mapping([])) }
        return try Self(node, origin: origin)
      }
    } catch let error as YamlError {
      throw Self.syntaxError(error, origin: origin)
    }
  }

  private init(_ node: Node, origin: (Int?) -> ConfigurationError.Origin) throws {
    let place = origin(node.mark?.line)
    guard node.anchor == nil else { throw Self.aliasError(place) }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      self.init(.scalar(scalar.string, isQuoted: !isPlain), origin: place)
    case .sequence(let sequence):
      self.init(.sequence(try sequence.map { try Self($0, origin: origin) }), origin: place)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in
        guard let key = key.scalar?.string else {
          throw ConfigurationError(path: "", message: "a key has to be a word", origin: place)
        }
        return Entry(key: key, value: try Self(value, origin: origin))
      }
      self.init(.mapping(entries), origin: place)
    case .alias:
      throw Self.aliasError(place)
    }
  }

  /// The text of this node as a YAML document.
  func yaml() throws -> String {
    try serialize(node: node, width: -1, allowUnicode: true)
  }

  private var node: Node {
    switch content {
    case .scalar(let text, let isQuoted):
      // Quotation marks only where plain text would be read as something else than text.
      let isPlain = !isQuoted || Node(text).tag == Tag(.str)
      return isPlain ? Node(text) : Node(text, Tag(.str), .singleQuoted)
    case .sequence(let elements):
      return Node(elements.map(\.node), .implicit, elements.isEmpty ? .flow : .any)
    case .mapping(let entries):
      return Node(
        entries.map { (Node($0.key), $0.value.node) }, .implicit, entries.isEmpty ? .flow : .any)
    }
  }
}

extension ConfigurationNode {
  private static func aliasError(_ origin: ConfigurationError.Origin) -> ConfigurationError {
    ConfigurationError(
      path: "", message: "anchors and aliases (`&name`, `*name`) are not allowed; write it out",
      origin: origin)
  }

  /// The line of the first `*name` that stands where a value begins.
  ///
  /// The parser expands aliases while it reads, so they have to be found before. A text that only
  /// looks like an alias inside a block scalar is refused as well.
  private static func lineOfFirstAlias(in text: String) -> Int? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      var quote: Character?
      var beginsValue = true
      var previous: Character = " "
      for character in line {
        if let open = quote {
          if character == open { quote = nil }
        } else if character == "#", previous == " " {
          break
        } else if character == "*", beginsValue {
          return index + 1
        } else if character == "\"" || character == "'", beginsValue {
          quote = character
        }
        if character != " " && character != "\t" { beginsValue = "-?:,[{".contains(character) }
        previous = character
      }
    }
    return nil
  }

  /// The line of the fifth `*name`, wherever it stands, of a text that has a `&name` too.
  ///
  /// A quotation mark inside plain text that goes over several lines hides an alias from
  /// ``lineOfFirstAlias(in:)``. It is refused when its anchor is met, but by then the parser has
  /// expanded it if it stands in a key. Four cannot make much of a text.
  private static func lineOfManyAliases(in text: String) -> Int? {
    func isName(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    var (hasAnchor, aliasCount, line) = (false, 0, 1)
    var fifthLine: Int?
    var (mark, beforeMark) = (UInt8(ascii: " "), UInt8(ascii: " "))
    for byte in text.utf8 {
      if isName(byte) && !isName(beforeMark) {
        if mark == UInt8(ascii: "&") { hasAnchor = true }
        if mark == UInt8(ascii: "*") { aliasCount += 1 }
        if aliasCount == 5 && fifthLine == nil { fifthLine = line }
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      (beforeMark, mark) = (mark, byte)
    }
    return hasAnchor ? fifthLine : nil
  }

  private static func syntaxError(
    _ error: YamlError, origin: (Int?) -> ConfigurationError.Origin
  ) -> ConfigurationError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ConfigurationError(path: "", message: "not YAML: \(problem)", origin: origin(mark.line))
    case .duplicatedKeysInMapping(let keys, let context):
      ConfigurationError(
        path: "",
        message: "repeated key \(keys.map { "`\($0)`" }.joined(separator: ", "))",
        origin: origin(context.mark.line))
    case .reader(let problem, let offset, _, let text):
      // The error's own description would repeat the text.
      ConfigurationError(
        path: "", message: "not YAML: \(problem)",
        origin: origin(offset.map { text.utf8.prefix($0).count { $0 == 10 } + 1 }))
    default:
      ConfigurationError(path: "", message: "not YAML: \(error)", origin: origin(nil))
    }
  }
}
