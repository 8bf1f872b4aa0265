internal import Configuration
package import Storage

extension Experiment {
  /// The first setting in which this experiment differs from one that is known, as a phrase; nil if
  /// they are the same.
  ///
  /// - Throws: `EncodingError` if a number is not finite.
  package func difference(from known: Experiment) throws -> String? {
    if self == known { return nil }
    let (left, right) = (
      try ConfigurationDocument.yaml(encoding: known).split(separator: "\n"),
      try ConfigurationDocument.yaml(encoding: self).split(separator: "\n")
    )
    for (a, b) in zip(left, right) where a != b {
      let (a, b) = (a.drop { $0 == " " }, b.drop { $0 == " " })
      return "it has `\(a)`, and `\(b)` was asked for"
    }
    return "the two name different settings"
  }

  /// Checks that a run is one of this experiment; settings that it does not state, as they came
  /// later, are the defaults.
  ///
  /// - Parameter text: the run's experiment.
  /// - Throws: ``TrainingError/differs(run:difference:)`` if it belongs to another;
  ///   `ConfigurationError` if the text is no experiment.
  package func check(isThatOf run: RunDirectory, text: String) throws {
    var known: Experiment = try ConfigurationDocument(
      yaml: text, name: "the experiment of \(run.path)"
    ).decode()
    // A task set may have been moved, and its digest is known once it was opened.
    if let taskSet, taskSet.digest == nil || known.taskSet?.digest == taskSet.digest {
      known.taskSet = taskSet
    }
    if let difference = try difference(from: known) {
      throw TrainingError.differs(run: run.path, difference: difference)
    }
  }
}
