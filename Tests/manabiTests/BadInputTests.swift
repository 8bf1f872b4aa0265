import Foundation
import Testing

@Suite("Bad input is refused with its place and a remedy, and leaves nothing behind")
struct BadInputTests {
  /// Files, a command that reads them, and what it has to answer.
  struct Input: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let files: [String: Data]
    let arguments: [String]
    let status: Int32
    /// The file or setting, the place in it, and what to do.
    let mentions: [String]
  }

  /// Draws from a table with columns `a`, `b` and the labels `k`.
  private static func table(
    _ description: String, _ text: String, status: Int32 = 65, _ mentions: String...
  ) -> Input {
    Input(
      testDescription: description, files: ["table.csv": Data(text.utf8)],
      arguments: [
        "datasetClassification", "--set", "dataset={format: csv, path: table.csv, labels: k}",
        "--set", "inputDimension=2", "--set", "classCount=10",
      ],
      status: status, mentions: mentions)
  }

  /// Draws from four images of one number with two labels.
  private static func images(
    _ description: String, images: [UInt8], labels: [UInt8], _ mentions: String...
  ) -> Input {
    let family = """
      kind: datasetClassification
      dataset: {format: idx, images: images, labels: labels}
      classCount: 2
      inputDimension: 1
      """
    return Input(
      testDescription: description,
      files: [
        "images": Data(images), "labels": Data(labels), "family.yaml": Data(family.utf8),
      ],
      arguments: ["family.yaml"], status: 65, mentions: mentions)
  }

  /// The head of an IDX file of four bytes along each of `axes` axes, of which all but the first
  /// are one.
  private static func head(axes: UInt8) -> [UInt8] {
    [0, 0, 8, axes, 0, 0, 0, 4] + (1..<axes).flatMap { _ in [0, 0, 0, 1] as [UInt8] }
  }

  private static let labels = head(axes: 1) + [0, 1, 0, 1]

  static let inputs = [
    images(
      "images cut short", images: head(axes: 3) + [7, 8], labels: labels, "images:",
      "2 of 20 bytes are missing at the end", "Copy the file again"),
    images(
      "a header cut short", images: [0, 0, 8, 3, 0, 0], labels: labels, "images:", "missing",
      "Copy the file again"),
    images(
      "labels cut short", images: head(axes: 3) + [1, 2, 3, 4],
      labels: head(axes: 1) + [0, 1, 0], "labels:", "1 of 12 bytes are missing",
      "Copy the file again"),
    images(
      "an empty file", images: [], labels: labels, "images:", "begins with nothing", "Name the"),
    table(
      "text among numbers", "a,b,k\n1,2,x\n3,four,y\n", "table.csv, row 3, column 2",
      "'four' is not a number", "remove other columns"),
    table(
      "a cell that is no number", "a,b,k\n1,2,x\n3,NaN,y\n", "table.csv, row 3, column 2",
      "'NaN' is not a finite number", "remove the row"),
    table(
      "a cell that is infinite", "a,b,k\n1e39,2,x\n3,4,y\n", "table.csv, row 2, column 1",
      "'1e39' is not a finite number", "remove the row"),
    table(
      "an empty cell", "a,b,k\n1,2,x\n3,,y\n", "table.csv, row 3, column 2", "Fill it in"),
    table(
      "300 classes in ten slots",
      "a,b,k\n" + (0..<300).map { "\($0),1,class\($0)\n" }.joined(), status: 78, "`classCount`",
      "table.csv has 300 classes", "set it to 300"),
    table(
      "another number of columns", "a,b,c,k\n1,2,3,x\n4,5,6,y\n", status: 78, "`inputDimension`",
      "table.csv", "3"),
    Input(
      testDescription: "a pool without tasks, as an argument", files: [:],
      arguments: ["pool", "--set", "taskCount=0"], status: 78,
      mentions: ["`--set taskCount=0`", "expected a value from 1", "found 0"]),
    Input(
      testDescription: "a pool without tasks, in a file",
      files: ["pool.yaml": Data("kind: pool\ntaskCount: 0\nfamily: {kind: sinusoid}\n".utf8)],
      arguments: ["pool.yaml"], status: 78,
      mentions: ["pool.yaml, line 2", "`taskCount`", "expected a value from 1", "found 0"]),
  ]

  @Test(arguments: inputs, ["set", "set.h5"])
  func refused(_ input: Input, _ output: String) throws {
    let program = try Program()
    defer { program.remove() }
    for (name, data) in input.files {
      try data.write(to: program.directory.appending(path: name))
    }
    let result = try program.run(
      ["generate"] + input.arguments + ["--episodes", "2", "--output", output])
    #expect(result.status == input.status)
    for mention in input.mentions { #expect(result.errors.contains(mention), "\(result.errors)") }
    #expect(result.errors.split(separator: "\n").count == 1, "One sentence, not a trace.")
    let left = try FileManager.default.contentsOfDirectory(atPath: program.directory.path)
    #expect(Set(left) == Set(input.files.keys).union([".out", ".err"]))
  }
}
