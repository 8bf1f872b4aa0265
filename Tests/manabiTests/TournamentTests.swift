import Foundation
import Testing

@Suite("The tournament")
struct TournamentTests {
  @Test("No learner is better than the oracle of a family on its tasks")
  func oracles() throws {
    let program = try Program()
    defer { program.remove() }
    try program.addDatasets()
    let result = try program.run("tournament", "--episodes", "48")
    print(result.output)
    #expect(result.status == 0, "\(result.errors)")
    // A star stands where a learner is better by more than three standard errors.
    #expect(!result.output.contains("*"))
  }
}
