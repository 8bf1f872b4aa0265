import Storage
import Testing

@Suite("Reading tables")
struct TableReaderTests {
  private static func context(_ text: String) throws -> LabeledTable {
    try TableReader(Array(text.utf8), source: "t.csv").context(target: "kind")
  }

  @Test(
    "Line ends, quotes, blanks and a byte order mark do not change the table",
    arguments: [
      "a,b,kind\n1,-2.5e1,x\n3,4,y\n", "a,b,kind\r\n1,-2.5e1,x\r\n3,4,y",
      "\u{FEFF}a,b,kind\n\n1, -2.5e1 ,x\n\n3,4,y\n\n", "a,b,kind\r1,-2.5e1,x\r3,4,y\r",
      "\"a\",\"b\",\"kind\"\n\"1\",\"-2.5e1\" ,\"x\"\n3,4,\"y\"\n",
    ])
  func dialects(text: String) throws {
    let table = try Self.context(text)
    #expect(table.features.columns == ["a", "b"])
    #expect(table.features.values == [1, -25, 3, 4])
    #expect(table.labels == ["x", "y"])
  }

  @Test("Quoted cells keep commas, marks and line breaks, and rows after them their line")
  func quotes() throws {
    let table = try Self.context("a,kind\r\n1,\"x, \"\"y\"\"\r\nz\"\r\n2,w\n")
    #expect(table.labels == ["x, \"y\"\r\nz", "w"])
    #expect(table.features.lines == [2, 4])
  }

  @Test("The target may be any column")
  func target() throws {
    let table = try Self.context("kind,a,b\nx,1,2\ny,3,4\n")
    #expect(table.features.values == [1, 2, 3, 4])
    #expect(table.classes == ["x", "y"])
  }

  @Test(
    "What is wrong is told with row and column",
    arguments: [
      ("", nil, nil, .empty), ("a,kind\n", 1, nil, .empty),
      ("a,kind\n1,x\n,y\n", 3, 1, .missingCell), ("a,kind\n1,x\n2,\n", 3, 2, .missingCell),
      ("a,b,kind\n1,2,x\n\n1,2", 4, 3, .missingCell),
      ("a,kind\n1,x,3\n", 2, 3, .excessCell), ("a,kind\none,x\n", 2, 1, .notNumber("one")),
      ("a,kind\n0x1F,x\n", 2, 1, .notNumber("0x1F")), ("a,kind\nnan,x\n", 2, 1, .notFinite("nan")),
      ("a,kind\n1,x\n-inf,x\n", 3, 1, .notFinite("-inf")),
      ("a,kind\n1e39,x\n", 2, 1, .notFinite("1e39")),
      ("a,,kind\n1,2,x\n", 1, 2, .unnamedColumn),
      ("a,a,kind\n1,2,x\n", 1, 2, .duplicateColumn("a")),
      ("kind\nx\n", 1, nil, .noFeatures(target: "kind")),
      ("a,kinds\n1,x\n", 1, nil, .unknownColumn("kind", advice: "did you mean `kinds`?")),
      ("a,kind\n1,\"x\n2,y\n3,z\n", 2, 2, .quotation), ("a,kind\n1,x\"y\n", 2, 2, .quotation),
      ("a,kind\n\"1\"2,x\n", 2, 1, .quotation),
      (
        "a,kind\n1,\(String(repeating: "x", count: 1 << 17))", 2, 2, .longCell(limit: 1 << 16)
      ),
      (String(repeating: "a,", count: 1 << 19), 1, nil, .tooManyColumns(limit: 1 << 18)),
      ("a,kind\n\(String(repeating: "1,", count: 1 << 19))", 2, 3, .excessCell),
    ] as [(String, Int?, Int?, TableError.Problem)])
  func errors(text: String, row: Int?, column: Int?, problem: TableError.Problem) {
    #expect(throws: TableError(source: "t.csv", row: row, column: column, problem)) {
      try Self.context(text)
    }
  }

  @Test(
    "Numbers are those that Swift reads",
    arguments: [
      "0", "-0", "-0.0", "007", "0.1", "5.1", "-123456789012345", "0.000000000000001",
      "99999999999999.9", "1234567890123456", "0.3000000000000000166", "1e-7", "+4", "5.", ".5",
      "-.5", "2E3",
    ])
  func numbers(text: String) throws {
    let value = try Self.context("a,kind\n\(text),x\n").features.values[0]
    #expect(value.bitPattern == Double(text)?.bitPattern)
  }

  @Test("What is no number is none", arguments: ["-", ".", "-.", "1.2.3", "1-", "1 2", "--1", "٣"])
  func noNumbers(text: String) {
    #expect(throws: TableError(source: "t.csv", row: 2, column: 1, .notNumber(text))) {
      try Self.context("a,kind\n\(text),x\n")
    }
  }

  @Test("Bytes that are not UTF-8 are refused")
  func encoding() {
    #expect(throws: TableError(source: "t.csv", .notText)) {
      try TableReader([0x61, 0xFF, 0x0A, 0x31], source: "t.csv")
    }
  }

  @Test("A query may order its columns otherwise, and have the target or not")
  func queries() throws {
    let context = try Self.context("a,b,kind\n1,2,x\n")
    let with = try TableReader(Array("kind,b,a\ny,2,1\n".utf8), source: "q.csv")
      .query(for: context)
    #expect(with.features.values == [1, 2])
    #expect(with.labels == ["y"])
    let without = try TableReader(Array("b,a\n2,1\n".utf8), source: "q.csv").query(for: context)
    #expect(without.features == with.features)
    #expect(without.labels == nil)
  }

  @Test("A query of other columns is refused")
  func queryErrors() throws {
    let context = try Self.context("length,width,kind\n1,2,x\n")
    func read(_ text: String) throws -> QueryTable {
      try TableReader(Array(text.utf8), source: "q.csv").query(for: context)
    }
    #expect(
      throws: TableError(
        source: "q.csv", row: 1, column: 2,
        .unknownColumn("widht", advice: "did you mean `width`?"))
    ) { try read("length,widht\n1,2\n") }
    #expect(
      throws: TableError(
        source: "q.csv", row: 1, .absentColumn("width", advice: "the query has `length`"))
    ) { try read("length\n1\n") }
  }

  @Test("A table of very many columns is read, or refused")
  func manyColumns() throws {
    let names = (0..<60_000).map { "column\($0)" }
    let numbers = [String](repeating: "1", count: names.count).joined(separator: ",")
    let text = names.joined(separator: ",") + ",kind\n\(numbers),x\n"
    let context = try Self.context(text)
    #expect(context.features.columns == names)
    let reader = try TableReader(Array(text.utf8), source: "t.csv")
    #expect(try reader.query(for: context).features == context.features)
    let other = try TableReader(Array("column,kind\n1,x\n".utf8), source: "q.csv")
    #expect(throws: TableError.self) { try other.query(for: context) }
    let error = #expect(throws: TableError.self) {
      try reader.query(for: Self.context("a,kind\n1,x"))
    }
    #expect((error?.description.count ?? 0) < 10_000)
  }

  @Test("A very long name of a column is compared with no other")
  func longName() throws {
    let name = String(repeating: "ab", count: 30_000)
    let context = try Self.context("\(name),kind\n1,x\n")
    let query = try TableReader(Array("\(name)b,kind\n1,x\n".utf8), source: "q.csv")
    #expect(throws: TableError.self) { try query.query(for: context) }
  }

  @Test("Messages say what, where and what to do")
  func message() {
    let error = TableError(source: "train.csv", row: 7, column: 3, .notNumber("n/a"))
    #expect(
      error.description == """
        train.csv, row 7, column 3: 'n/a' is not a number. \
        Features are numbers such as 5.1 or 2e-3; remove other columns.
        """)
  }

  @Test("The row that brings one class too many is named")
  func classCount() throws {
    let table = try Self.context("a,kind\n1,x\n2,y\n3,x\n4,z\n5,w\n")
    #expect(
      throws: TableError(source: "t.csv", row: 5, .tooManyClasses(found: 4, known: 2))
    ) { try table.checkClassCount(atMost: 2) }
    #expect(throws: Never.self) { try table.checkClassCount(atMost: 4) }
  }
}
