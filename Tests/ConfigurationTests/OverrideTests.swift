import Configuration
import Testing

@Suite("Overrides and overlays")
struct OverrideTests {
  @Test("An override sets a value where its path leads, making keys on the way")
  func override() throws {
    var document = try ConfigurationDocument(yaml: "optimizer: {clip: 2}", name: "t")
    try document.override("optimizer.learningRate=3e-4")
    try document.override("family.kind=linear")
    try document.override("family.dimension=7")
    try document.override("widths=[1, 2]")
    try document.override("widths.1=9")
    try document.override("name=a=b")
    let settings = try document.decode(Settings.self)
    #expect(settings.optimizer.learningRate == 3e-4)
    #expect(settings.optimizer.clip == 2)
    #expect(
      settings.family
        == .linear(
          {
            var family = Linear(); family.dimension = 7; return family
          }()))
    #expect(settings.widths == [1, 9])
    #expect(settings.name == "a=b")
  }

  @Test("An override without a value sets null, which means the default")
  func nothing() throws {
    var document = try ConfigurationDocument(yaml: "optimizer: {clip: 2}", name: "t")
    try document.override("optimizer.clip=")
    #expect(try document.decode(Settings.self).optimizer.clip == nil)
  }

  @Test("A path of very many parts is refused")
  func longPath() throws {
    var document = try ConfigurationDocument(yaml: "", name: "t")
    let parts = [String](repeating: "a", count: 60_000)
    try document.override(parts[..<100].joined(separator: ".") + "=1")
    let error = #expect(throws: ConfigurationError.self) {
      try document.override(parts.joined(separator: ".") + "=1")
    }
    #expect(error?.message == "the key has 60000 parts, more than 100")
  }

  @Test("Another kind drops the settings of the old one")
  func otherKind() throws {
    var document = try ConfigurationDocument(
      yaml: "family: {kind: linear, dimension: 7}", name: "t")
    try document.override("family.kind=prototypes")
    try document.override("family.classes=4")
    #expect(try document.decode(Settings.self).family == .prototypes(Prototypes(classes: 4)))
  }

  @Test(
    "Errors name the argument",
    arguments: [
      (
        "optimizer.learningRate=abc",
        "`--set optimizer.learningRate=abc`: expected a number, found `abc`"
      ),
      ("nonsense", "`--set nonsense`: expected `key=value`, such as `optimizer.learningRate=3e-4`"),
      ("a..b=1", "`--set a..b=1`: expected `key=value`, such as `optimizer.learningRate=3e-4`"),
      ("=1", "`--set =1`: expected `key=value`, such as `optimizer.learningRate=3e-4`"),
      ("name.x=1", "`--set name.x=1`: `trial` is a single value and has no key `x`"),
      (
        "widths.4=1",
        "`--set widths.4=1`: a sequence of 1 elements, numbered from 0, has no `4`"
      ),
      (
        "optimizer.learningrate=1",
        "`--set optimizer.learningrate=1`: unknown key `optimizer.learningrate`; did you mean "
          + "`learningRate`?"
      ),
      (
        "optimizer={learningRate: 7}",
        "`--set optimizer={learningRate: 7}`: `optimizer.learningRate`: expected a value from 0.0 to "
          + "1.0, found 7.0"
      ),
    ])
  func messages(argument: String, message: String) throws {
    var document = try ConfigurationDocument(encoding: Settings(), name: "recipe")
    let error = try #require(throws: ConfigurationError.self) {
      try document.override(argument)
      _ = try document.decode(Settings.self)
    }
    #expect(error.description == message)
  }

  @Test("An overlay merges mappings, replaces lists and mappings of another kind")
  func overlay() throws {
    var document = try ConfigurationDocument(encoding: Settings(), name: "recipe")
    document.overlay(
      try ConfigurationDocument(
        yaml: "family: {kind: prototypes, classes: 3}\nwidths: [8]\noptimizer: {clip: 5}", name: "t"
      ))
    let settings = try document.decode(Settings.self)
    #expect(settings.family == .prototypes(Prototypes(classes: 3)))
    #expect(settings.widths == [8])
    #expect(settings.optimizer.clip == 5)
    #expect(settings.optimizer.learningRate == 1e-3)
  }
}
