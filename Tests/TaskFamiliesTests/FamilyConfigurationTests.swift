import Configuration
import Episodes
import TaskFamilies
import Testing

@Suite("Family configurations")
struct FamilyConfigurationTests {
  func decode(_ yaml: String) throws -> FamilyConfiguration {
    try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode()
  }

  @Test("What is not written takes its default")
  func defaults() throws {
    #expect(
      try decode("{kind: linearRegression, noise: 0.5}")
        == FamilyConfiguration(LinearRegression { $0.noise = 0.5 }))
    #expect(
      try decode("{kind: prototypeClassification, classCount: 7, minimumClassCount: null}")
        == FamilyConfiguration(PrototypeSettings { $0.classCount = 7 }))
  }

  @Test("Resolved YAML reads back as itself", arguments: DeterminismTests.families)
  func roundTrip(_ configuration: FamilyConfiguration) throws {
    let yaml = try ConfigurationDocument.yaml(encoding: configuration)
    #expect(try decode(yaml) == configuration)
  }

  @Test(
    "Mistakes are refused, with their place",
    arguments: [
      ("{kind: linearRegresion}", "kind"),
      ("{kind: linearRegression, dimensoin: 3}", "dimensoin"),
      ("{kind: linearRegression, dimension: 0}", "dimension"),
      ("{kind: linearRegression, noise: -1}", "noise"),
      ("{kind: linearRegression, noise: .nan}", "noise"),
      ("{kind: sparseLinearRegression, dimension: 4, nonzeroCount: 5}", "nonzeroCount"),
      ("{kind: sparseLinearRegression, activeDimension: 2}", "nonzeroCount"),
      ("{kind: sparseLinearRegression, activeDimension: 21}", "activeDimension"),
      ("{kind: monomialRegression, dimension: 3, monomialCount: 7}", "monomialCount"),
      ("{kind: sinusoid, lowestAmplitude: 5}", "lowestAmplitude"),
      ("{kind: pool, taskCount: 0, family: {kind: linearRegression}}", "taskCount"),
      ("{kind: pool, taskCount: 4}", "family"),
      (
        "{kind: pool, family: {kind: pool, family: {kind: linearRegression, nois: 1}}}",
        "family.family.nois"
      ),
      ("{kind: linearRegression, classCount: 2}", "classCount"),
      ("{kind: prototypeClassification, classCount: 65}", "classCount"),
      ("{kind: prototypeClassification, classCount: 3, minimumClassCount: 4}", "minimumClassCount"),
      ("{kind: prototypeClassification, base: frozen}", "base"),
      ("{kind: markovChains, concentration: 0.5}", "concentration"),
      ("{kind: ginc, valueCount: 64, slotCount: 64}", "slotCount"),
    ])
  func mistakes(_ yaml: String, _ path: String) {
    let error = #expect(throws: ConfigurationError.self) { try decode(yaml) }
    #expect(error?.path == path)
  }

  @Test(
    "Every kind has a description and settings that say what they mean",
    arguments: FamilyKind.allCases)
  func descriptions(_ kind: FamilyKind) {
    let configuration = FamilyConfiguration(kind)
    #expect(configuration.kind == kind)
    func check<Settings: FamilySettings>(_ settings: Settings) {
      let description = Settings.description
      for text in [description.summary, description.source, description.oracle] {
        #expect(!text.isEmpty)
      }
      #expect(description.link.hasPrefix("https://"))
      #expect(Set(Settings.settings.map(\.name)).count == Settings.settings.count)
      for setting in Settings.settings {
        #expect(!setting.meaning.isEmpty && !setting.text(settings).isEmpty)
      }
    }
    check(configuration.settings)
  }

  @Test(
    "Families of families are read however deep they are",
    arguments: FamilyKind.allCases.filter { $0.settings is any DerivedSettings.Type })
  func nesting(kind: FamilyKind) throws {
    let opening = String(repeating: "{kind: \(kind.rawValue), family: ", count: 60)
    let closing = String(repeating: "}", count: 60)
    // Every kind takes one of these.
    let families = [
      "linearRegression", "linearRegression, dimension: 20", "linearClassification",
    ].compactMap { innermost in
      try? decode("\(opening){kind: \(innermost)}\(closing)")
    }
    #expect(families.first?.kind == kind)
    #expect(families.first.map { $0.episodeShape.exampleCount > 0 } == true)
  }

  @Test("Every kind can have another number of examples", arguments: FamilyKind.allCases)
  func length(kind: FamilyKind) throws {
    let before = FamilyConfiguration(kind)
    let after = try before.withExamples(5, origin: "--examples 5")
    #expect(after.episodeShape.exampleCount == 5 && after.kind == kind)
    let back = try after.withExamples(before.episodeShape.exampleCount, origin: "--examples")
    #expect(back == before)
  }

  @Test("Families of families all have the number, and what is impossible names who asked for it")
  func nestedLength() throws {
    let mixture = try decode(
      """
      {kind: mixture, members: [{family: {kind: linearRegression}},
        {family: {kind: addedNoise, family: {kind: linearRegression, noise: 0.5}}}]}
      """)
    #expect(
      try mixture.withExamples(7, origin: "--examples 7")
        == decode(
          """
          {kind: mixture, members: [{family: {kind: linearRegression, exampleCount: 7}},
            {family: {kind: addedNoise, family: {kind: linearRegression, noise: 0.5, exampleCount: 7}}}]}
          """))
    let error = #expect(throws: ConfigurationError.self) {
      try mixture.withExamples(5000, origin: "--examples 5000")
    }
    #expect(error?.description.contains("--examples 5000") == true)
  }
}
