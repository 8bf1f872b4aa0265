import ArgumentParser

/// The options of commands that write an ``EvaluationReport``.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help:
      "Write the report to BASE.html and BASE.h5; beside the checkpoint, or in the sweep, if not given."
  )
  var base: String?
  @Flag(name: .customLong("no-report"), help: "Write no report.")
  var isOff = false

  func validate() throws {
    guard base == nil || !isOff else {
      throw ValidationError("Only one of --report and --no-report can be given.")
    }
  }

  /// Saves a report where the user wants it, if anywhere.
  ///
  /// - Parameters:
  ///   - directory: where it goes if the user names no place.
  ///   - name: of the command, after which it is called there.
  /// - Throws: `StorageError` if the directory takes no file.
  func save(_ report: @autoclosure () -> EvaluationReport, in directory: String, as name: String)
    throws
  {
    guard !isOff else { return }
    try report().save(to: base ?? "\(directory)/\(name)")
  }
}
