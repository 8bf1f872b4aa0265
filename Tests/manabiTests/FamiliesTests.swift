import Foundation
import TaskFamilies
import Testing

@Suite("manabi families")
struct FamiliesTests {
  private struct Entry: Decodable {
    struct Setting: Decodable {
      let name: String
      let meaning: String
    }

    let name: FamilyKind
    let group: FamilyGroup
    let summary: String
    let settings: [Setting]
    let learners: [String]?
  }

  @Test("lists every kind with every setting as JSON")
  func json() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("families", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let entries = try JSONDecoder().decode([Entry].self, from: Data(result.output.utf8))
    #expect(entries.map(\.name) == FamilyKind.allCases)
    for entry in entries {
      #expect(entry.settings.map(\.name) == Self.settings(entry.name.settings))
      #expect(entry.settings.allSatisfy { !$0.meaning.isEmpty })
      #expect(entry.summary == entry.name.settings.description.summary)
    }
  }

  @Test("lists every kind once, under the heading of its group")
  func list() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("families")
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    var listed: [FamilyGroup: [String]] = [:]
    var group: FamilyGroup?
    for line in lines {
      if let heading = FamilyGroup.allCases.first(where: { $0.title == line }) {
        group = heading
      } else if let group, line.hasPrefix("  "), let name = line.split(separator: " ").first {
        listed[group, default: []].append(String(name))
      }
    }
    for group in FamilyGroup.allCases {
      #expect(listed[group] ?? [] == group.kinds.map(\.rawValue))
    }
    #expect(listed.values.joined().count == FamilyKind.allCases.count)
  }

  @Test(
    "says everything about a kind, and YAML that previews as it is", arguments: FamilyKind.allCases)
  func page(kind: FamilyKind) throws {
    let program = try Program()
    defer { program.remove() }
    try program.addDatasets()
    let result = try program.run("families", kind.rawValue)
    #expect(result.status == 0, "\(result.errors)")
    let description = kind.settings.description
    for text in [description.summary, description.source, description.link, description.oracle] {
      #expect(result.output.contains(text))
    }
    for name in Self.settings(kind.settings) { #expect(result.output.contains("\n\(name) ")) }
    let start = try #require(result.output.range(of: "# The defaults"))
    try program.write(String(result.output[start.lowerBound...]), to: "copy.yaml")
    let copy = try program.run("preview", "copy.yaml", "--json", "--episodes", "1")
    let named = try program.run("preview", kind.rawValue, "--json", "--episodes", "1")
    #expect(copy.status == 0, "\(copy.errors)")
    #expect(copy.output == named.output)
  }

  @Test("names the learners of one kind, the oracle among them")
  func learners() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("families", "linearRegression", "--json")
    let entry = try JSONDecoder().decode(Entry.self, from: Data(result.output.utf8))
    #expect(entry.learners == LinearRegression().learners.map(\.name))
    #expect(entry.group == .regression)
  }

  private static func settings<Settings: FamilySettings>(_ type: Settings.Type) -> [String] {
    type.settings.map(\.name)
  }
}
