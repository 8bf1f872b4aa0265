import Foundation
import Testing

@Suite("Prediction of tables")
struct PredictTests {
  private static let train = """
    a,b,kind
    0.1,1.0,left
    0.2,1.1,left
    0.0,0.9,left
    5.1,-3.0,right
    5.0,-3.1,right
    4.9,-2.9,right

    """

  /// A model of a few steps: enough to run, not to be good.
  private func trained() throws -> Program {
    let program = try Program()
    try program.run(
      "train", "quickstart-classification", "--steps", "2", "--set", "model.width=16", "--set",
      "batchSize=8", "--name", "tiny")
    return program
  }

  @Test("prints a label and probabilities for each row, and accuracies where truths are known")
  func predicts() throws {
    let program = try trained()
    defer { program.remove() }
    try program.write(Self.train, to: "train.csv")
    try program.write("kind,b,a\nleft,1.05,0.15\nright,-3,5\n", to: "test.csv")
    let result = try program.run(
      "predict", "checkpoints/tiny", "--context", "train.csv", "--query", "test.csv", "--target",
      "kind", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(report["classes"] as? [String] == ["left", "right"])
    let rows = try #require(report["rows"] as? [[String: Any]])
    #expect(rows.count == 2)
    for row in rows {
      let probabilities = try #require(row["probabilities"] as? [Double])
      // Sums of rounded numbers.
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-9)
    }
    let accuracy = try #require(report["accuracy"] as? [String: Double])
    #expect(accuracy["nearestNeighbors1"] == 1)
    #expect(accuracy["logisticRegression"] == 1)
  }

  @Test("a label does not reach the terminal as a command, nor begin a line")
  func labels() throws {
    let program = try trained()
    defer { program.remove() }
    let table = Self.train.replacing("left", with: "\"\u{1B}[2J\nleft\"")
    try program.write(table, to: "train.csv")
    let result = try program.run(
      "predict", "checkpoints/tiny", "--context", "train.csv", "--query", "train.csv", "--target",
      "kind")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("P(\\u{1b}[2J\\u{a}left)"))
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test(
    "names file, row and column of what it cannot read",
    arguments: [
      ("a,b,kind\n1,,left\n2,3,right\n", "kind", ["row 2", "column 2"]),
      ("a,b,kind\n1,x,left\n2,3,right\n", "kind", ["row 2", "column 2", "x"]),
      ("a,b,kind\n1,nan,left\n2,3,right\n", "kind", ["row 2", "column 2"]),
      ("a,b,kind\n1,2,left\n", "knd", ["knd", "kind"]),
      ("", "kind", ["table.csv"]),
      ("a,b,kind\n1,2,p\n1,2,q\n1,2,r\n1,2,s\n1,2,t\n1,2,u\n", "kind", ["6", "5"]),
    ])
  func refuses(table: String, target: String, mentions: [String]) throws {
    let program = try trained()
    defer { program.remove() }
    try program.write(table, to: "table.csv")
    try program.write(Self.train, to: "query.csv")
    let result = try program.run(
      "predict", "checkpoints/tiny", "--context", "table.csv", "--query", "query.csv", "--target",
      target)
    #expect(result.status == 65)
    #expect(result.output.isEmpty)
    for mention in mentions { #expect(result.errors.contains(mention), "\(result.errors)") }
  }

  @Test("a model of numbers cannot classify")
  func regression() throws {
    let program = try Program()
    defer { program.remove() }
    try program.run("train", "smoke", "--steps", "2")
    try program.write(Self.train, to: "train.csv")
    let result = try program.run(
      "predict", "checkpoints/smoke", "--context", "train.csv", "--query", "train.csv",
      "--target", "kind")
    #expect(result.status == 78 && result.errors.contains("quickstart-classification"))
  }
}
