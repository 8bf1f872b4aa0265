import Foundation
import Testing

@Suite("Configurations that were made to harm")
struct ConfigurationBombTests {
  struct Bomb: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Makes what `path` names; `$MANABI` is not needed.
    let text: String
    let status: Int32
    let mentions: [String]

    init(_ description: String, _ text: String, _ status: Int32, _ mentions: String...) {
      (testDescription, self.text, self.status) = (description, text, status)
      self.mentions = mentions
    }
  }

  static let bombs = [
    Bomb(
      "aliases that multiply",
      "a: &a [x, x]\n"
        + (0..<30).map { "b\($0): &b\($0) [*\($0 == 0 ? "a" : "b\($0 - 1)"), *a]" }
        .joined(separator: "\n"),
      78, "x.yaml, line 2", "aliases", "write it out"),
    Bomb(
      "a hundred thousand lists in each other", String(repeating: "[", count: 100_000), 78,
      "x.yaml", "not YAML"),
    Bomb(
      "a hundred thousand closed lists",
      "a: " + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000), 78,
      "x.yaml"),
    Bomb(
      "mappings in each other", String(repeating: "{a: ", count: 100_000), 78, "x.yaml", "not YAML"),
    Bomb(
      "lists by indentation", String(repeating: "- ", count: 100_000) + "x", 78, "x.yaml"),
    Bomb("a repeated key", "steps: 1\nsteps: 2\n", 78, "x.yaml, line 1", "repeated key", "steps"),
    Bomb("an unknown key", "stepz: 1\n", 78, "x.yaml, line 1", "`stepz`", "`steps`"),
    Bomb(
      "a key that steers the terminal", "\"\\e[31mred\\n\\u202Ekey\": 1\n", 78, "x.yaml",
      "\\u{1b}[31mred\\u{a}\\u{202e}key"),
    Bomb(
      "more than a megabyte", String(repeating: "# nothing\n", count: 200_000), 78, "x.yaml",
      "larger than 1 MB"),
    Bomb(
      "control characters", "steps: 1\n" + String(repeating: "\u{1}", count: 900_000), 78,
      "x.yaml, line 2", "control characters are not allowed"),
    Bomb("a key of half a megabyte", String(repeating: "k", count: 500_000) + ": 1", 78, "x.yaml"),
  ]

  @Test(
    "Refused with the place and what to do", .timeLimit(.minutes(1)), arguments: bombs,
    ["train", "preview"])
  func bomb(_ bomb: Bomb, command: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(bomb.text, to: "x.yaml")
    let result = try program.run(command, "x.yaml")
    #expect(result.status == bomb.status, "\(result.errors)")
    // Families have other keys.
    for mention in bomb.mentions where command == "train" || mention != "`steps`" {
      #expect(result.errors.contains(mention), "\(result.errors)")
    }
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    #expect(result.errors.utf8.count < 5000)
  }

  @Test(
    "What is not a file, or no text, is refused without waiting or reading on",
    .timeLimit(.minutes(1)),
    arguments: [
      ("", "/dev/zero", 65), ("", "/dev/urandom", 65), ("mkfifo p", "p", 65),
      ("truncate -s 100M big", "big", 78), ("truncate -s 9T huge", "huge", 78),
      ("mkdir d", "d", 65), (#"printf '\377\376' > bytes"#, "bytes", 65),
      ("ln -s loop loop", "loop", 65),
    ] as [(String, String, Int32)])
  func notText(prepare: String, path: String, status: Int32) throws {
    let program = try Program()
    defer { program.remove() }
    for command in ["train", "preview"] {
      let result = try program.shell(
        "\(command == "train" && !prepare.isEmpty ? prepare + ";" : "") "
          + #"ulimit -v 8000000; "$MANABI" \#(command) \#(path)"#)
      #expect(result.status == status, "\(result.errors)")
      #expect(result.errors.contains(path), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }
}
