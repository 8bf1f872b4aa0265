import Foundation
import Testing

@Suite("Hostile environments")
struct EnvironmentTests {
  /// Trains a few steps; `$MANABI` is the program.
  private static let train = #""$MANABI" train smoke --steps 3 --runs runs --name r"#
  private static let checkpoint = "runs/r/step-000000003.h5"

  /// The checkpoint of the experiment in an environment like that of the tests.
  private static func expected() throws -> Data {
    let program = try Program()
    defer { program.remove() }
    let result = try program.shell(train)
    try #require(result.status == 0, "\(result.errors)")
    return try #require(program.data(checkpoint))
  }

  @Test(
    "A run gives the same bytes",
    arguments: [
      "LC_ALL=C \(train)", "LC_ALL=POSIX \(train)", "LC_ALL=xx_YY.nonsense \(train)",
      "LANG=tr_TR.UTF-8 \(train)", "TZ=Nowhere/Never \(train)", "TZ=:/etc/passwd \(train)",
      "env -u HOME \(train)", "HOME=/nonexistent \(train)", "HOME= \(train)",
      "env -u TMPDIR \(train)", "TMPDIR=/nonexistent \(train)", "env -i \(train)",
      "NO_COLOR=1 COLUMNS=1 TERM=dumb \(train)", "umask 077; \(train)", "umask 000; \(train)",
      "\(train) <&-", "\(train) >&-", "\(train) 2>&-", "\(train) <&- >&- 2>&-",
      "\(train) >/dev/full 2>/dev/full", "ulimit -n 16; \(train)", "trap '' INT TERM HUP; \(train)",
      #"runs=$PWD/runs; cd /proc; "$MANABI" train smoke --steps 3 --runs "$runs" --name r"#,
    ])
  func sameBytes(_ line: String) throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.shell(line)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try program.data(Self.checkpoint) == Self.expected())
  }

  @Test(
    "Names may be odd",
    arguments: ["two words", "-dash", "学ぶ", "'quote\"", String(repeating: "n", count: 255)])
  func names(_ name: String) throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run(
      "train", "smoke", "--steps", "3", "--runs=a \(name.prefix(200))", "--name=\(name)")
    #expect(result.status == 0, "\(result.errors)")
    let data = program.data("a \(name.prefix(200))/\(name)/step-000000003.h5")
    #expect(try data == Self.expected())
  }

  @Test("The longest name that a file can have")
  func longestName() throws {
    let program = try Program()
    defer { program.remove() }
    let name = String(repeating: "n", count: 252) + ".h5"
    let result = try program.run(
      "generate", "linearRegression", "--episodes", "2", "--output", name)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try program.run("verify", name).status == 0)
    let longer = try program.run(
      "generate", "linearRegression", "--episodes", "2", "--output", "n" + name)
    #expect(longer.status == 74)
    #expect(longer.errors.contains("choose a shorter name"))
  }

  /// A line of the shell, how it has to end, and what it has to say.
  struct Failure: Sendable, CustomTestStringConvertible {
    let line: String
    let status: Int32
    let mention: String

    init(_ line: String, _ status: Int32, _ mention: String) {
      (self.line, self.status, self.mention) = (line, status, mention)
    }

    var testDescription: String { line }
  }

  @Test(
    "What cannot work ends with its code and one line",
    arguments: [
      Failure(#""$MANABI" families >/dev/full"#, 74, "standard output: write failed"),
      Failure(#""$MANABI" families --json >/dev/full"#, 74, "standard output: write failed"),
      Failure(#""$MANABI" --help >/dev/full"#, 74, "standard output: write failed"),
      Failure(#""$MANABI" --version >&-"#, 74, "standard output is closed"),
      Failure(#""$MANABI" recipe show smoke <&- >&-"#, 74, "standard output is closed"),
      Failure(#"ulimit -f 8; "$MANABI" train smoke"#, 74, "File too large"),
      Failure("ulimit -n 4; \(train)", 74, "Too many open files"),
      Failure(#""$MANABI" train "$(printf '\377\376')""#, 66, "neither a recipe nor a file"),
      Failure(#"touch file; "$MANABI" train smoke --runs file/runs"#, 74, "Not a directory"),
      Failure(#""$MANABI" train smoke --name "$(printf %0300d 0)""#, 74, "File name too long"),
      Failure(#"mkdir gone; cd gone; rmdir ../gone; "$MANABI" train smoke"#, 66, "does not exist"),
    ])
  func failure(_ failure: Failure) throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.shell(failure.line)
    #expect(result.status == failure.status, "\(result.errors)")
    let lines = result.errors.split(separator: "\n").filter { $0.hasPrefix("manabi: ") }
    #expect(lines.count == 1, "\(result.errors)")
    #expect(lines.first?.contains(failure.mention) == true, "\(result.errors)")
  }

  @Test("A reader that leaves ends a list quietly")
  func readerLeaves() throws {
    let program = try Program()
    defer { program.remove() }
    let (process, output, errors) = (program.process(["families"]), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try output.fileHandleForReading.close()
    try process.run()
    try errors.fileHandleForWriting.close()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 141)
    #expect(said.isEmpty)
  }

  @Test("Training goes on when nobody reads its news")
  func newsUnread() throws {
    let program = try Program()
    defer { program.remove() }
    let process = program.process(
      ["train", "smoke", "--steps", "3", "--runs", "runs", "--name", "r"])
    let errors = Pipe()
    process.standardError = errors
    try errors.fileHandleForReading.close()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
    #expect(try program.data(Self.checkpoint) == Self.expected())
  }

  @Test("Ten thousand arguments")
  func manyArguments() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run(["verify"] + (0..<10_000).map { "file-\($0)" })
    #expect(result.status == 66)
  }
}
