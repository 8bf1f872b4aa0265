import Foundation
import Testing

@Suite("Experiments over datasets")
struct DatasetTests {
  private static let experiment = """
    family:
      kind: pool
      taskCount: 16777216
      family:
        kind: labelPermutation
        bias: 0.1
        family:
          kind: randomProjection
          inputDimension: 5
          family:
            kind: datasetClassification
            dataset: {format: idx, images: images, labels: labels}
            classCount: 10
            inputDimension: 6
            exampleCount: 8
            part: train
    format: shifted
    model: {width: 16, layers: 1, heads: 1}
    heldOut:
      family:
        kind: labelPermutation
        family:
          kind: randomProjection
          inputDimension: 5
          family:
            kind: datasetClassification
            dataset: {format: idx, images: images, labels: labels}
            classCount: 10
            inputDimension: 6
            exampleCount: 8
            part: test
            testShare: 0.5
    batchSize: 8
    steps: 2
    """

  /// A program beside an experiment and 20 images of 2 × 3 numbers with ten labels.
  private static func program(images: Data? = nil, labels: Data? = nil) throws -> Program {
    let program = try Program()
    let numbers = (0..<120).map { UInt8($0 * 37 % 256) }
    let files = [
      "images": images ?? Data([0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 3] + numbers),
      "labels": labels ?? Data([0, 0, 8, 1, 0, 0, 0, 20] + (0..<20).map { UInt8($0 % 10) }),
    ]
    for (name, data) in files { try data.write(to: program.directory.appending(path: name)) }
    try program.write(experiment, to: "gpicl.yaml")
    return program
  }

  @Test("general-purpose tasks are drawn, trained on and evaluated")
  func wholePath() throws {
    let program = try Self.program()
    defer { program.remove() }
    let generated = try program.run(
      "generate", "gpicl.yaml", "--episodes", "30", "--output", "set.h5")
    #expect(generated.status == 0, "\(generated.errors)")
    let summary = try program.run("inspect", "set.h5")
    #expect(summary.output.contains("episode 30, example 8, feature 5"), "\(summary.output)")
    #expect(summary.output.contains("classes   10"))
    let trained = try program.run("train", "gpicl.yaml", "--name", "gpicl")
    #expect(trained.status == 0, "\(trained.errors)")
    let evaluated = try program.run("evaluate", "checkpoints/gpicl", "--task-set", "set.h5")
    #expect(evaluated.status == 0 && evaluated.output.contains("onlineGradientDescent"))
  }

  @Test(
    "what is wrong with the files is said, with the code for it",
    arguments: [
      (Data([0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 3, 1]), nil, 65, "images: 119 of 136"),
      (Data("no images".utf8), nil, 65, "images: the file begins with 6e 6f 20 69"),
      (nil, Data([0, 0, 8, 1, 0, 0, 0, 1, 0]), 65, "labels: there are 1 labels for 20 items"),
      (nil, Data([0, 0, 8, 1, 0, 0, 0, 20] + (0..<20)), 78, "`classCount`: images has 20 classes"),
    ] as [(Data?, Data?, Int32, String)])
  func damage(images: Data?, labels: Data?, status: Int32, mention: String) throws {
    let program = try Self.program(images: images, labels: labels)
    defer { program.remove() }
    let result = try program.run("generate", "gpicl.yaml", "--episodes", "1", "--output", "set.h5")
    #expect(result.status == status && result.errors.contains(mention), "\(result.errors)")
    #expect(program.data("set.h5") == nil)
  }

  @Test("a missing file is named, with the code for it")
  func missing() throws {
    let program = try Self.program()
    defer { program.remove() }
    let result = try program.run(
      "generate", "gpicl.yaml", "--episodes", "1", "--output", "set.h5", "--set",
      "heldOut.family.family.family.dataset.labels=nowhere")
    #expect(result.status == 66 && result.errors.contains("`nowhere`"), "\(result.errors)")
  }
}
