import Foundation
import Testing

@Suite("What never ends, or obeys somebody else, is refused")
struct HostileInputTests {
  private static let dataset = [
    "datasetClassification", "--set", "inputDimension=1", "--set", "classCount=2", "--set",
  ]

  /// Every command that takes a path to read from, given one.
  static let commands: [@Sendable (String) -> [String]] = [
    { ["import", $0, "--output", "set"] }, { ["export", $0, "--output", "set"] },
    { ["inspect", $0] }, { ["evaluate", $0] }, { ["train", $0] }, { ["preview", $0] },
    { ["recipe", "show", $0] }, { ["tournament", $0] }, { ["generate", $0, "--output", "set"] },
    { ["predict", $0, "--context", $0, "--query", $0, "--target", "k"] },
    { ["train", "smoke", "--name", "run", "--set", "taskSet=\($0)"] },
    { ["preview"] + dataset + ["dataset={format: idx, path: null, images: \($0), labels: \($0)}"] },
    { ["preview"] + dataset + ["dataset={format: csv, path: \($0), labels: k}"] },
    { ["preview"] + dataset + ["dataset={format: hdf5, path: \($0), images: a, labels: b}"] },
  ]

  // The limit is what is promised: none of this waits for anybody.
  @Test(
    "A pipe and a device are no files", .timeLimit(.minutes(1)), arguments: commands.indices,
    ["pipe", "/dev/zero"])
  func endless(command: Int, path: String) throws {
    let program = try Program()
    defer { program.remove() }
    let pipe = program.directory.appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let name = path == "pipe" ? "./pipe" : path
    let result = try program.run(
      Self.commands[command](name) + (command == 8 ? ["--episodes", "1"] : []))
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains(name) && result.errors.contains("a device or a pipe"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test("Texts of others are shown in one line, not obeyed")
  func escapes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("a,k\n\u{1B}[31mred\u{7}\u{202E},x\n", to: "t.csv")
    let result = try program.run(
      ["preview"] + Self.dataset + ["dataset={format: csv, path: t.csv, labels: k}"])
    #expect(result.status == 65)
    #expect(result.errors.contains("'\\u{1b}[31mred\\u{7}\\u{202e}' is not a number"))
  }

  @Test("Nobody but the program itself can have a file read by its inner command")
  func innerCommand() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("read-foreign")
    #expect(result.status == 64)
    let help = try program.run("--help")
    #expect(help.status == 0 && !help.output.contains("read-foreign"))
  }
}
