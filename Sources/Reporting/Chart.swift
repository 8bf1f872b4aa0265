/// A picture of numbers, for a file of its own or for a ``ReportPage``, that follows the reader's
/// light or dark setting.
package protocol Chart: Sendable {
  var drawing: Drawing { get }
}

extension Chart {
  /// The chart as a complete SVG document.
  package func svg() -> String { drawing.document }
}
