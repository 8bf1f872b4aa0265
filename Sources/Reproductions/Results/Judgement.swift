package import Reporting
package import Storage

/// What came out of a reproduction.
package struct Judgement: Sendable {
  package let evidence: [Evidence]
  /// What the runs show, in the papers' own form.
  package let blocks: [ReportPage.Block]
  package let arrays: [ReportArray]
  /// What is to be known of every model that was trained.
  package internal(set) var portraits: [ModelPortrait] = []

  package init(
    evidence: [Evidence], blocks: [ReportPage.Block] = [], arrays: [ReportArray] = []
  ) {
    precondition(!evidence.isEmpty, "A claim rests on a number.")
    self.evidence = evidence
    self.blocks = blocks
    self.arrays = arrays
  }

  package var holds: Bool { evidence.allSatisfy(\.holds) }
}
