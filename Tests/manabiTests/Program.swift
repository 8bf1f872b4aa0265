import Foundation
import TestSupport

/// The built `manabi`, run as a user would.
struct Program {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// A directory of its own, as the current one of every run.
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "manabi-program-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: directory) }

  /// The executable lies beside the bundle or program that runs the tests.
  private static var executable: URL {
    let test = URL(filePath: CommandLine.arguments[0]).standardizedFileURL
    let candidates = sequence(first: test) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
      .map { $0.appending(path: "manabi") }
    let found = candidates.first {
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0.path, isDirectory: &isDirectory)
        && !isDirectory.boolValue
    }
    return found ?? test
  }

  func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    return process
  }

  @discardableResult
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
    try run(arguments, environment: environment)
  }

  @discardableResult
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    try finish(process(arguments), environment)
  }

  /// Runs a line of the shell, to which the program is `$MANABI`.
  func shell(_ line: String) throws -> Result {
    let process = process(["-c", line])
    process.executableURL = URL(filePath: "/bin/sh")
    return try finish(process, ["MANABI": Self.executable.path])
  }

  private func finish(_ process: Process, _ environment: [String: String]) throws -> Result {
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors) = (directory.appending(path: ".out"), directory.appending(path: ".err"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  func write(_ text: String, to name: String) throws {
    try text.write(to: directory.appending(path: name), atomically: true, encoding: .utf8)
  }

  /// Puts the datasets that come along where a user finds them.
  func addDatasets() throws {
    try FileManager.default.createSymbolicLink(
      at: directory.appending(path: "datasets"),
      withDestinationURL: Repository.root.appending(path: "datasets"))
  }

  func data(_ name: String) -> Data? {
    FileManager.default.contents(atPath: directory.appending(path: name).path)
  }
}
