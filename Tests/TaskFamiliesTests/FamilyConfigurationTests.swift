import Configuration
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
        == .linearRegression(LinearRegressionConfiguration(noise: 0.5)))
    #expect(
      try decode("{kind: prototypeClassification, classCount: 7, taskCount: null}")
        == .prototypeClassification(PrototypeClassificationConfiguration(classCount: 7)))
  }

  @Test("Resolved YAML reads back as itself", arguments: DeterminismTests.families)
  func roundTrip(_ configuration: FamilyConfiguration) throws {
    let yaml = try ConfigurationDocument.yaml(encoding: configuration)
    #expect(try decode(yaml) == configuration)
    #expect(yaml.contains("taskCount:"))
  }

  @Test(
    "Mistakes are refused, with their place",
    arguments: [
      ("{kind: linearRegresion}", "kind"),
      ("{kind: linearRegression, dimensoin: 3}", "dimensoin"),
      ("{kind: linearRegression, dimension: 0}", "dimension"),
      ("{kind: linearRegression, noise: -1}", "noise"),
      ("{kind: linearRegression, noise: .nan}", "noise"),
      ("{kind: linearRegression, taskCount: 0}", "taskCount"),
      ("{kind: linearRegression, classCount: 2}", "classCount"),
      ("{kind: prototypeClassification, classCount: 65}", "classCount"),
      ("{kind: prototypeClassification, classCount: 3, minimumClassCount: 4}", "minimumClassCount"),
      ("{kind: prototypeClassification, base: frozen}", "base"),
    ])
  func mistakes(_ yaml: String, _ path: String) {
    let error = #expect(throws: ConfigurationError.self) { try decode(yaml) }
    #expect(error?.path == path)
  }

  @Test("Each kind makes its family")
  func families() {
    #expect(
      FamilyConfiguration.linearRegression(LinearRegressionConfiguration()).makeFamily()
        is LinearRegression)
    #expect(
      FamilyConfiguration.prototypeClassification(PrototypeClassificationConfiguration())
        .makeFamily() is PrototypeClassification)
  }
}
