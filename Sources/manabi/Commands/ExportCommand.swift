import ArgumentParser
import Storage

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a task set as a dump of tables that TFM-Playground and nanoTabPFN read.",
    discussion: """
      A dump is one HDF5 file of at most 2 GiB; export a larger set in parts.

        manabi export datasets/tables --output dump.h5
        manabi export datasets/large --output part-2.h5 --first 100000 --episodes 100000
      """)

  @Argument(help: "A task set, a file or a directory.")
  var set: String
  @Option(help: "The file to write.")
  var output: String
  @Option(help: "The first episode to write.")
  var first = 0
  @Option(help: "How many episodes to write; all that follow if not given.")
  var episodes: Int?
  @Option(
    help:
      "Rows of each table that are context; what an imported set says, else half, if not given.")
  var splitIndex: Int?
  @Flag(help: "Replace a file that is there already.")
  var force = false

  func validate() throws {
    guard first >= 0, episodes ?? 1 > 0 else {
      throw ValidationError("--first has to be at least 0 and --episodes at least 1.")
    }
  }

  func run() throws {
    guard force || !POSIXFileSystem().exists(output) else {
      throw StorageError.exists(path: output)
    }
    let reader = try TaskSetReader(set)
    let count = episodes ?? reader.episodeCount - first
    guard count > 0, first <= reader.episodeCount - count else {
      throw CommandError.invalid(
        "\(set) has \(reader.episodeCount) episodes; --first \(first) asks for others.")
    }
    try PriorDumpExport(reader, episodes: first..<first + count, splitIndex: splitIndex)
      .write(to: output)
    Output.note("\(output): \(count) tables.")
  }
}
