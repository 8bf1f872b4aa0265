package import Configuration

// Dimension key
//   A  axes      P  points

/// Experiments that differ in a few settings: every combination of the values of some axes.
package struct Sweep: Sendable {
  /// The most points; each has a run directory.
  package static let largestPointCount = 10_000

  /// What all points have in common; it need not be whole without the axes.
  package let base: ConfigurationDocument
  /// `[A]`
  package let axes: [SweepAxis]
  /// `[P]`: the last axis varies fastest.
  package let points: [SweepPoint]

  /// - Parameters:
  ///   - base: the experiment whose settings the axes change.
  ///   - axes: at least one.
  /// - Throws: `ConfigurationError` if there are no points, too many or two of one name, or for the
  ///   first point that is no experiment; `StorageError` if a task set cannot be read.
  /// - Complexity: O(P) experiments are decoded.
  package init(base: ConfigurationDocument, axes: [SweepAxis]) throws {
    self.base = base
    self.axes = axes
    try Self.check(axes)
    let labels = Self.labels(of: axes)
    var points: [SweepPoint] = []
    for places in Self.combinations(axes.map(\.values.count)) {
      let values = zip(axes, places).map { $0.values[$1] }
      let name = zip(labels, values).map { "\($0)=\(Self.fit($1.name))" }.joined(separator: ",")
      let experiment = try Self.experiment(base, values.flatMap(\.changes), at: name)
      points.append(SweepPoint(name: name, places: places, experiment: experiment))
    }
    self.points = points
    try checkNames()
  }

  private static func experiment(
    _ base: ConfigurationDocument, _ changes: [SettingChange], at name: String
  ) throws -> Experiment {
    var document = base
    do {
      for change in changes { try document.override(change.path, with: change.value) }
      return try Experiment(document)
    } catch let error as ConfigurationError {
      throw ConfigurationError(
        path: error.path, message: "\(error.message) (at the point \(name))", origin: error.origin)
    }
  }

  private static func check(_ axes: [SweepAxis]) throws(ConfigurationError) {
    guard !axes.isEmpty else {
      throw ConfigurationError(
        path: "grid", message: "names no setting; write one, such as `seed: [0, 1, 2]`")
    }
    var count = 1
    for axis in axes {
      guard !axis.values.isEmpty else {
        throw ConfigurationError(path: "grid.\(axis.name)", message: "has no value")
      }
      count = count.multipliedReportingOverflow(by: axis.values.count).partialValue
      guard (1...largestPointCount).contains(count) else {
        throw ConfigurationError(
          path: "grid", message: "has more than \(largestPointCount) points; leave out some values")
      }
    }
  }

  /// The axes' short names, whole where two of them are alike.
  private static func labels(of axes: [SweepAxis]) -> [String] {
    axes.map { axis in
      let isShared = axes.count { $0.shortName == axis.shortName } > 1
      return fit(isShared ? axis.name : axis.shortName)
    }
  }

  /// A text as part of the name of a directory.
  private static func fit(_ text: String) -> String {
    String(
      text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._+-".contains($0)) ? $0 : "-" })
  }

  /// Every choice of a number below each count; the last changes fastest.
  private static func combinations(_ counts: [Int]) -> [[Int]] {
    counts.reduce([[]]) { rows, count in rows.flatMap { row in (0..<count).map { row + [$0] } } }
  }

  private func checkNames() throws(ConfigurationError) {
    /// What file systems allow.
    let longestName = 255
    var names: Set<String> = []
    for point in points {
      guard names.insert(point.name).inserted else {
        throw ConfigurationError(
          path: "grid",
          message: "has two points that would be called `\(point.name)`; change a name")
      }
      guard point.name.utf8.count <= longestName else {
        throw ConfigurationError(
          path: "grid",
          message:
            "has a point whose name has more than \(longestName) characters; give its values "
            + "shorter names")
      }
    }
  }
}
