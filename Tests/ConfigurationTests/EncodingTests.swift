import Configuration
import Testing

@Suite("Encoding a configuration")
struct EncodingTests {
  @Test("Every value comes back to the last bit")
  func roundTrip() throws {
    var settings = Settings()
    settings.seed = .max
    settings.name = "'5': - #\n &x *y \"…"
    settings.family = .prototypes(Prototypes(classes: 4))
    settings.optimizer.learningRate = 0.1 + 0.2 - 1e-17
    settings.optimizer.clip = 16_777_215 / 3e6
    settings.widths = []
    let text = try ConfigurationDocument.yaml(encoding: settings)
    #expect(try ConfigurationDocument(yaml: text, name: "t").decode(Settings.self) == settings)
  }

  @Test(
    "Words that would read as something else are quoted", arguments: ["5", "true", "null", "", "~"])
  func quoting(name: String) throws {
    var settings = Settings()
    settings.name = name
    let text = try ConfigurationDocument.yaml(encoding: settings)
    #expect(text.contains("name: '\(name)'"))
    #expect(try ConfigurationDocument(yaml: text, name: "t").decode(Settings.self) == settings)
  }

  @Test("The text is complete, in the order of the type, and stable")
  func text() throws {
    let expected = """
      seed: 0
      name: trial
      family:
        kind: linear
        dimension: 5
      optimizer:
        learningRate: 0.001
        schedule: cosine
      widths:
      - 64

      """
    let text = try ConfigurationDocument.yaml(encoding: Settings())
    #expect(text == expected)
    #expect(try ConfigurationDocument(yaml: text, name: "t").yaml() == expected)
  }

  @Test("A number that is not finite is refused")
  func notFinite() {
    var settings = Settings()
    settings.optimizer.learningRate = .nan
    #expect(throws: EncodingError.self) { try ConfigurationDocument.yaml(encoding: settings) }
  }
}
