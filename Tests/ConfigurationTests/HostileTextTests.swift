import Configuration
import Testing

@Suite("Texts that mean harm")
struct HostileTextTests {
  @Test(
    "Anchors and aliases are refused",
    arguments: [
      "a: &x [1]\nb: *x", "a: *x", "- *x", "a: {b: *x}", "a: [1, *x]", "*x : 1", "a: &x 1",
      "base: &b {c: 1}\nother:\n  <<: *b", "# c\r\na: *x", "# c\ra: &x 1\rb: *x",
      "# c\u{2028}b: *x",
    ])
  func aliases(text: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: text, name: "t")
    }
    #expect(error.description.contains("anchors and aliases"))
  }

  @Test(
    "A star that is no alias is text",
    arguments: ["name: a*b", "name: 'x: *y'", "name: \"- *y\"", "name: b # - *c"])
  func stars(text: String) throws {
    _ = try ConfigurationDocument(yaml: text, name: "t")
  }

  /// A quotation mark within plain text of two lines looks as if it hid the rest of its line.
  @Test(
    "Aliases that double forty times are refused before they are expanded",
    arguments: ["", "x\n  ' "])
  func expansion(disguise: String) {
    var text = "{a0: &a0 [x, x],\n"
    for level in 1...40 {
      text += "a\(level): &a\(level) [\(disguise), *a\(level - 1), *a\(level - 1)],\n"
    }
    text += "? [\(disguise), *a40]\n: 1}\n"
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: text, name: "t")
    }
    #expect(error?.message.contains("aliases") == true)
  }

  @Test("A very long unknown key is compared with no other")
  func longKey() throws {
    let text = "? " + String(repeating: "name", count: 200_000) + "\n: 1"
    let document = try ConfigurationDocument(yaml: text, name: "t")
    let error = #expect(throws: ConfigurationError.self) { try document.decode(Settings.self) }
    #expect(error?.message.contains("expected one of") == true)
  }

  @Test("Of many words a hundred are enumerated")
  func manyWords() {
    let words = (0..<1000).map { "word\($0)" }
    let advice = advice(for: "something", among: words)
    #expect(advice.contains("`word99`, … (1000 in all)") && !advice.contains("word100`"))
  }

  @Test("Of a long text a message quotes the begin")
  func quotation() throws {
    let text = String(repeating: "word ", count: 1000)
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: text, name: "t")
    }
    #expect(error.description.contains("`word word") && error.description.contains("…`"))
    #expect(error.description.count < 200)
  }

  @Test("A text above one megabyte is refused")
  func size() throws {
    let fits = "name: " + String(repeating: "x", count: (1 << 20) - 6)
    _ = try ConfigurationDocument(yaml: fits, name: "t")
    let error = try #require(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: fits + "x", name: "t")
    }
    #expect(error.description.contains("larger than 1 MB"))
  }

  @Test(
    "Deep nesting is refused or read, and ends",
    arguments: ["[", "{a: ", "- ", "? "])
  func nesting(opening: String) {
    let text = "a: " + String(repeating: opening, count: 100_000)
    #expect(throws: ConfigurationError.self) { try ConfigurationDocument(yaml: text, name: "t") }
  }

  @Test("Two documents in one text are refused")
  func twoDocuments() {
    #expect(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: "a: 1\n---\nb: 2", name: "t")
    }
  }
}
