import Configuration
import Episodes
import MetaTraining
import TaskFamilies

extension FuzzTarget {
  /// An experiment as YAML.
  static let experiment = FuzzTarget(
    name: "experiment", share: 2,
    words: experimentKeys.map { "\($0): " } + settingNames.map { "\($0): " }
      + FamilyKind.allCases.map(\.rawValue) + yamlWords,
    seeds: {
      try [experimentText(steps: 10)]
        + FamilyKind.allCases.map { kind in
          try ConfigurationDocument.yaml(
            encoding: Experiment(family: FamilyConfiguration(kind), steps: 1))
        }.map { Array($0.utf8) } + nestedFamilies + hostileTexts
    },
    run: { bytes in
      readConfiguration {
        let document = try ConfigurationDocument(
          yaml: String(decoding: bytes, as: UTF8.self), name: "experiment.yaml")
        let experiment: Experiment = try document.decode()
        let text = try ConfigurationDocument.yaml(encoding: experiment)
        let again: Experiment = try ConfigurationDocument(yaml: text, name: "again").decode()
        expect(again == experiment, "What an experiment is written as reads back as it.")
      }
    })

  /// Overrides of a family: its number, then a line for each.
  static let family = FuzzTarget(
    name: "family", longestInput: 1 << 12, share: 2,
    words: settingNames.map { "\n\($0)=" } + yamlWords,
    seeds: {
      FamilyKind.allCases.indices.map { index in
        let names = FamilyKind.allCases[index].settings.settingNames
        return [UInt8(index)] + names.map { "\($0)=1" }.joined(separator: "\n").utf8
      }
    },
    run: { bytes in
      guard let number = bytes.first else { return }
      readConfiguration {
        var document = familyDocuments[Int(number) % familyDocuments.count]
        try applyLines(bytes.dropFirst(), to: &document)
        let family: FamilyConfiguration = try document.decode()
        _ = family.episodeShape.summary
      }
    })

  /// Overrides of an experiment, a line for each.
  static let overrides = FuzzTarget(
    name: "override", longestInput: 1 << 12,
    words: experimentKeys.map { "\n\($0)=" } + yamlWords,
    seeds: {
      [
        "steps=3", "optimizer.learningRate=3e-4\nmodel.width=[32, 64]", "family.members.0.weight=2",
        "family={kind: linearRegression, noise: 0.5}", "a.b.c.d=", "model=null\nmodel.heads=2",
      ].map { Array($0.utf8) }
    },
    run: { bytes in
      readConfiguration {
        var document = experimentDocument
        try applyLines(bytes, to: &document)
      }
    })

  private static let experimentDocument = encoded(
    Experiment(family: FamilyConfiguration(.mixture), steps: 10))
  private static let familyDocuments = FamilyKind.allCases.map { encoded(FamilyConfiguration($0)) }

  private static let experimentKeys =
    Experiment.CodingKeys.allCases.map(\.rawValue)
    + HeldOutSchedule.CodingKeys.allCases.map(\.rawValue)
    + ["kind", "learningRate", "width", "layers", "heads"]
  private static let settingNames = FamilyKind.allCases.flatMap { $0.settings.settingNames }
  private static let yamlWords = [
    "&a ", "*a", "? ", ": ", "- ", "[", "]", "{", "}", "!!str ", "|\n", ">-\n", "'", "\"", "# ",
    "---\n", "null", "~", "true", "1e400", "-1", "\(Int.max)", "\(Int.min)", "0x10", "\r\n",
    "\u{2028}", "\n  ", "=", ".",
  ]

  private static func experimentText(steps: Int) throws -> [UInt8] {
    Array(
      try ConfigurationDocument.yaml(
        encoding: Experiment(family: FamilyConfiguration(.linearRegression), steps: steps)
      ).utf8)
  }

  /// Families of families, 60 deep.
  private static var nestedFamilies: [[UInt8]] {
    FamilyKind.allCases.filter { $0.settings.settingNames.contains("family") }.map { kind in
      let opening = String(repeating: "{kind: \(kind.rawValue), family: ", count: 60)
      let innermost = "{kind: linearClassification}" + String(repeating: "}", count: 60)
      return Array("steps: 1\nfamily: \(opening)\(innermost)\n".utf8)
    }
  }

  /// Texts that cost a reader much who is not careful.
  private static var hostileTexts: [[UInt8]] {
    let doubled = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    return [
      String(repeating: "[", count: 2000), String(repeating: "- ", count: 2000),
      String(repeating: "{a: ", count: 1200), String(repeating: "a", count: 3000) + ": 1",
      "# c\r\na0: &a0 1\r\n" + doubled.joined(separator: "\r\n") + "\r\n? *a30\r\n: 1\r\n",
    ].map { Array($0.utf8) }
  }

  private static func encoded(_ value: some Encodable) -> ConfigurationDocument {
    do {
      return try ConfigurationDocument(encoding: value, name: "base")
    } catch {
      fatalError("\(error)")
    }
  }

  private static func applyLines(
    _ bytes: some Collection<UInt8>, to document: inout ConfigurationDocument
  ) throws {
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      try document.override(String(decoding: line, as: UTF8.self))
    }
  }

  /// Runs `body`, which may throw nothing but the error of this module.
  private static func readConfiguration(_ body: () throws -> Void) {
    do {
      try body()
    } catch let error as ConfigurationError {
      _ = error.description
    } catch {
      fatalError("\(error)")
    }
  }
}

extension FamilySettings {
  fileprivate static var settingNames: [String] { settings.map(\.name) }
}
