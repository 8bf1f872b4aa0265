import ArgumentParser
import Foundation
import Storage

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes a task set of a dump of tables of TFM-Playground or nanoTabPFN.",
    discussion: """
      Reads X, y, num_features, num_datapoints, train_test_split_index (or single_eval_pos), max_num_classes \
      and problem_type, uncompressed or compressed with lzf or gzip. An episode is the first rows of a table; \
      tables with fewer rows than --rows are left out and counted. Inputs beyond a table's features are zeros.

        manabi import 100k_classification.h5 --output datasets/tables
        manabi evaluate checkpoints/mine --task-set datasets/tables
      """)

  @Argument(help: "The dump, an HDF5 file.")
  var dump: String
  @OptionGroup var output: TaskSetOutput
  @Option(help: "Examples of every episode; as many as the shortest table has if not given.")
  var rows: Int?

  func validate() throws {
    guard rows ?? 1 > 0 else { throw ValidationError("--rows has to be at least 1.") }
  }

  func run() throws {
    let tables = try PriorDump(contentsOf: dump)
    let selection = try PriorDumpSelection(of: tables, rows: rows)
    let set = selection.description(
      source: URL(filePath: dump).lastPathComponent, software: SoftwareVersion.text)
    try output.write(set) { writer, progress in
      try tables.write(selection, to: writer, shouldStop: { StopSignal.isRequested }) { done in
        progress.show(done, "")
      }
    }
    Output.note(
      "\(dump): \(tables.tableCount) tables. Each gave \(selection.rows) rows: "
        + "\(selection.cutCount) were cut, \(selection.skippedCount) are shorter and left out.")
  }
}
