import TaskFamilies
import Testing

@Suite("The tournament of learners")
struct TournamentTests {
  /// Shorter episodes where learners would take long.
  private static let exampleCounts: [FamilyKind: Int] = [
    .monomialRegression: 41, .reluNetwork: 16, .decisionTree: 31, .networkClassification: 16,
    .sparseParity: 31,
  ]

  @Test(
    "No learner is better than the oracle of a family on its tasks",
    arguments: FamilyKind.allCases)
  func oracles(_ kind: FamilyKind) throws {
    let program = try Program()
    defer { program.remove() }
    try program.addDatasets()
    var family = kind.rawValue
    if let count = Self.exampleCounts[kind] {
      family = "short.yaml"
      try program.write("kind: \(kind.rawValue)\nexampleCount: \(count)\n", to: family)
    }
    let result = try program.run("tournament", family, "--episodes", "48")
    #expect(result.status == 0, "\(result.errors)")
    // A star stands where a learner is better by more than three standard errors.
    #expect(!result.output.contains("*"), "\(result.output)")
    #expect(result.output.contains("majority") || result.output.contains("zero"))
  }
}
