import Foundation
import TestSupport
import Testing

@Suite("The walk-through in CONTRIBUTING.md")
struct WalkthroughTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
  }

  /// What stands between lines "```swift" and "```", in order.
  private func blocks() throws -> [String] {
    let sections = try text("CONTRIBUTING.md").components(separatedBy: "\n## ")
    let section = try #require(sections.first { $0.hasPrefix("A task family, step by step") })
    return section.components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "\n```")[0]
    }
  }

  @Test("shows a family as it is compiled")
  func family() throws {
    let blocks = try blocks()
    let source = try text("Sources/TaskFamilies/Regression/QuadraticRegression.swift")
    #expect(blocks.count == 5)
    #expect(blocks.dropLast().joined(separator: "\n\n") + "\n" == source)
  }

  @Test("shows the lines that name it")
  func name() throws {
    let kinds = try text("Sources/TaskFamilies/FamilyKind.swift").components(separatedBy: "\n")
    let lines = try #require(blocks().last).components(separatedBy: "\n")
    #expect(lines.count == 2)
    for line in lines { #expect(kinds.contains(line)) }
  }
}
