import Foundation
import TaskFamilies
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("manabi preview")
struct PreviewTests {
  private struct Preview: Decodable {
    struct Task: Decodable {
      let inputs: [[Float]]
      let targets: [Float]
    }

    let examples: Int
    let inputDimension: Int
    let episodes: [Task]
  }

  @Test(
    "shows every kind in characters, as a picture and as numbers", arguments: FamilyKind.allCases)
  func everyKind(kind: FamilyKind) throws {
    let program = try Program()
    defer { program.remove() }
    try program.addDatasets()
    let text = try program.run("preview", kind.rawValue, "--svg", "tasks.svg")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains(kind.settings.description.summary))
    #expect(text.output.contains("Task 3") && !text.output.contains("Task 4"))
    #expect(!text.output.contains("\u{1B}"), "No colours in a file.")
    let picture = try #require(program.data("tasks.svg"))
    #expect(XMLParser(data: picture).parse())
    let drawing = String(decoding: picture, as: UTF8.self)
    #expect(drawing.contains("<circle") || drawing.contains("<rect class=\"band"))

    let json = try program.run("preview", kind.rawValue, "--json", "--episodes", "2")
    let preview = try JSONDecoder().decode(Preview.self, from: Data(json.output.utf8))
    let shape = FamilyConfiguration(kind).episodeShape
    #expect(preview.examples == shape.exampleCount)
    #expect(preview.episodes.count == 2)
    for task in preview.episodes {
      #expect(task.targets.count == shape.exampleCount)
      #expect(
        task.inputs.map(\.count)
          == Array(repeating: shape.inputDimension, count: shape.exampleCount))
    }
  }

  @Test("takes families, recipes and files, each with overrides")
  func arguments() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("kind: linearRegression\ndimension: 4\n", to: "family.yaml")
    try program.write(
      "family: {kind: linearRegression, dimension: 7}\nsteps: 10\n", to: "experiment.yaml")
    func dimension(_ arguments: String...) throws -> Int {
      let process = try program.run(["preview", "--json"] + arguments)
      #expect(process.status == 0, "\(process.errors)")
      return try JSONDecoder().decode(Preview.self, from: Data(process.output.utf8)).inputDimension
    }
    #expect(try dimension("linearRegression") == LinearRegression().dimension)
    #expect(try dimension("linearRegression", "--set", "dimension=3") == 3)
    #expect(try dimension("scaledInputs", "--set", "family.dimension=2") == 2)
    #expect(try dimension("family.yaml") == 4)
    #expect(try dimension("family.yaml", "--set", "dimension=6") == 6)
    #expect(try dimension("experiment.yaml") == 7)
    #expect(try dimension("experiment.yaml", "--set", "family.dimension=8") == 8)
    #expect(try dimension("quickstart-regression", "--set", "family.dimension=9") == 9)
  }

  @Test("draws the function behind noisy targets of one number, exactly where there is no noise")
  func curve() throws {
    let program = try Program()
    defer { program.remove() }
    for (arguments, hasCurve) in [
      (["--set", "dimension=1"], true), (["--set", "dimension=1", "--set", "noise=0.5"], true),
      ([], false),
    ] {
      #expect(
        try program.run(["preview", "linearRegression", "--svg", "tasks.svg"] + arguments).status
          == 0)
      let drawing = String(decoding: try #require(program.data("tasks.svg")), as: UTF8.self)
      #expect(drawing.contains("<path class=\"line") == hasCurve, "\(arguments)")
    }
    // What is drawn with noise is no function of the input, and has no curve.
    let noisy = ["--set", "family.dimension=1", "--set", "scale=1"]
    #expect(
      try program.run(["preview", "addedNoise", "--svg", "tasks.svg"] + noisy).status == 0)
    let drawing = String(decoding: try #require(program.data("tasks.svg")), as: UTF8.self)
    #expect(!drawing.contains("<path class=\"line"))
  }

  @Test("shows the episodes that generate writes: a family's name serves both")
  func generate() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run(
      "generate", "linearRegression", "--set", "dimension=2", "--episodes", "3", "--output",
      "set.h5")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try program.run("verify", "set.h5").status == 0)
  }
}
