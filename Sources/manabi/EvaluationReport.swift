import Reporting
import Storage

/// What a command found, for people and for programs: a page, and a file of arrays beside it.
struct EvaluationReport {
  let title: String
  /// What was found, in a sentence or two.
  let summary: String
  /// What a reader wants to know first.
  let keyFacts: [ReportPage.Fact]
  let sections: [ReportPage.Section]
  let arrays: [ReportArray]
  /// How it was made, beside the command line.
  let facts: [ReportFact]

  /// Writes `BASE.h5` and `BASE.html`, each so that afterwards it holds all or what it held before,
  /// and says where they are.
  ///
  /// - Parameter base: the path of both without the ends of their names.
  /// - Throws: `StorageError` if the directory takes no file.
  func save(to base: String) throws {
    let software = "Manabi \(SoftwareVersion.text)"
    let facts = [ReportFact("command", CommandLine.arguments.joined(separator: " "))] + facts
    let report = Report(title: title, facts: facts, arrays: arrays, software: software)
    let (file, document) = ("\(base).h5", "\(base).html")
    try report.write(to: file)
    try POSIXFileSystem().replace(
      document, with: Array(page(beside: file, facts, software).html().utf8))
    Output.note("Report: \(document)\nNumbers: \(file)")
  }

  private func page(
    beside file: String, _ facts: [ReportFact], _ software: String
  ) -> ReportPage {
    let making = facts.flatMap { fact in
      [ReportPage.Block.paragraph("\(fact.name):"), .listing(fact.text)]
    }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return ReportPage(
      title: title, summary: summary, keyFacts: keyFacts,
      sections: sections + [.init("How this was made", making)],
      footer: "\(software). All numbers with their axes: \(name), an HDF5 file.")
  }
}
