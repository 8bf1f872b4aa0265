import Configuration
import Testing

@Suite("Decoding a configuration")
struct DecodingTests {
  @Test("An empty text gives the defaults", arguments: ["", "# nothing\n", "---\n", "{}"])
  func defaults(text: String) throws {
    #expect(try decode(text) == Settings())
  }

  @Test("Values replace defaults, those beside them stay")
  func partial() throws {
    let settings = try decode(
      """
      family: {kind: prototypes, classes: 5}
      optimizer:
        learningRate: 3e-4
        schedule: constant
        clip: 1
      widths: [1, 2]
      """)
    #expect(settings.family == .prototypes(Prototypes(classes: 5)))
    #expect(settings.optimizer.learningRate == 3e-4)
    #expect(settings.optimizer.schedule == .constant)
    #expect(settings.optimizer.clip == 1)
    #expect(settings.widths == [1, 2])
    #expect(settings.name == "trial")
  }

  @Test(
    "Every error says what, where and what to do",
    arguments: [
      (
        "family:\n  kind: linear\n  dimensions: 3",
        "trial.yaml, line 3: unknown key `family.dimensions`; did you mean `dimension`?"
      ),
      (
        "bananas: 1",
        "trial.yaml, line 1: unknown key `bananas`; expected one of `seed`, `name`, `family`, "
          + "`optimizer`, `widths`"
      ),
      (
        "optimizer:\n  learningRate: fast",
        "trial.yaml, line 2: `optimizer.learningRate`: expected a number, found `fast`"
      ),
      (
        "optimizer: {learningRate: .inf}",
        "trial.yaml, line 1: `optimizer.learningRate`: expected a number, found `.inf`"
      ),
      (
        "optimizer: {learningRate: nan}",
        "trial.yaml, line 1: `optimizer.learningRate`: expected a number, found `nan`"
      ),
      (
        "optimizer: {learningRate: 2}",
        "trial.yaml, line 1: `optimizer.learningRate`: expected a value from 0.0 to 1.0, found 2.0"
      ),
      (
        "optimizer: {schedule: cosin}",
        "trial.yaml, line 1: `optimizer.schedule`: unknown value `cosin`; did you mean `cosine`?"
      ),
      (
        "optimizer: 5",
        "trial.yaml, line 1: `optimizer`: expected keys with values, found `5`"
      ),
      (
        "seed: -1",
        "trial.yaml, line 1: `seed`: expected an integer that is not negative, found `-1`"
      ),
      (
        "seed: \"1\"",
        "trial.yaml, line 1: `seed`: expected an integer that is not negative, found `1`"
      ),
      ("widths: [1, 2.5]", "trial.yaml, line 1: `widths.1`: expected an integer, found `2.5`"),
      (
        "widths: {a: 1}", "trial.yaml, line 1: `widths`: expected a sequence `[…]`, found a mapping"
      ),
      ("family: {classes: 3}", "trial.yaml, line 1: `family.kind`: is missing"),
      ("family: {kind: prototypes}", "trial.yaml, line 1: `family.classes`: is missing"),
      (
        "family: {kind: line}",
        "trial.yaml, line 1: `family.kind`: unknown value `line`; did you mean `linear`?"
      ),
      ("- 1", "trial.yaml: expected keys with values, found a sequence"),
      ("seed: 1\nname: x\nseed: 2", "trial.yaml, line 1: repeated key `seed`"),
      ("seed: [1", "trial.yaml, line 2: not YAML: did not find expected ',' or ']'"),
    ])
  func messages(text: String, message: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try decode(text) }
    #expect(error.description == message)
  }

  @Test("An error carries path and line as data")
  func errorData() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try decode("name: x\noptimizer:\n  clip: -1")
    }
    #expect(error.path == "optimizer.clip")
    #expect(error.line == 3)
  }

  private func decode(_ text: String) throws -> Settings {
    try ConfigurationDocument(yaml: text, name: "trial.yaml").decode()
  }
}
