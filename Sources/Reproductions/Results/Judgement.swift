package import Reporting
package import Storage

/// What came out of a reproduction.
package struct Judgement: Sendable {
  package let findings: [Finding]
  /// What the runs show, in the papers' own form.
  package let blocks: [ReportPage.Block]
  package let arrays: [ReportArray]

  package init(
    findings: [Finding], blocks: [ReportPage.Block] = [], arrays: [ReportArray] = []
  ) {
    precondition(!findings.isEmpty, "A claim rests on a number.")
    self.findings = findings
    self.blocks = blocks
    self.arrays = arrays
  }

  package var holds: Bool { findings.allSatisfy(\.holds) }
}
