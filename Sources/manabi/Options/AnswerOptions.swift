import ArgumentParser

/// How a command answers: on standard output for people or for programs, and with a report.
struct AnswerOptions: ParsableArguments {
  @OptionGroup var report: ReportOptions
  @Flag(help: "Print JSON.")
  var json = false

  /// Prints an answer, and saves its report where the user wants it.
  ///
  /// - Parameters:
  ///   - answer: what is printed as JSON.
  ///   - text: what is printed for people, with its last line break.
  ///   - directory: where the report goes if the user names no place.
  ///   - name: of the command, after which the report is called there.
  /// - Throws: ``OutputError`` if nothing can be printed; `StorageError` if the directory takes no
  ///   file.
  func give(
    _ answer: some Encodable, text: @autoclosure () -> String,
    report: @autoclosure () -> EvaluationReport, in directory: String, as name: String
  ) throws {
    if json {
      try Output.json(answer)
    } else {
      try Output.text(text(), terminator: "")
    }
    try self.report.save(report(), in: directory, as: name)
  }
}
