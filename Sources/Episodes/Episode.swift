// Dimension key
//   N  examples in an episode      D  dimension of an input      L  numbers of the latent task

/// The examples of one task, in the order in which a learner sees them.
///
/// The prediction of example `k` may use inputs `0 ... k` and targets `0 ..< k`.
package struct Episode: Sendable {
  package let shape: EpisodeShape
  /// `[N, D]`: feature vectors, or token numbers (`D = 1`) where the targets are tokens.
  package var inputs: [Float]
  /// `[N]`: real numbers, class numbers from zero, or the token that follows each input.
  package var targets: [Float]
  /// `[L]`: the task itself, as its family describes it.
  package var latent: [Float]
  /// Room for the episodes of other families that a family makes this one of; no part of what the
  /// episode is.
  package var parts: [Episode]

  /// An episode of zeros, to be filled in place.
  package init(shape: EpisodeShape, parts: [Episode] = []) {
    self.shape = shape
    self.parts = parts
    inputs = [Float](repeating: 0, count: shape.exampleCount * shape.inputDimension)
    targets = [Float](repeating: 0, count: shape.exampleCount)
    latent = [Float](repeating: 0, count: shape.latentCount)
  }

  /// An episode of given examples, of which no latent task is known.
  ///
  /// - Parameters:
  ///   - inputs: `[N, D]`
  ///   - targets: `[N]`, at least one.
  ///   - kind: what the targets are.
  package init(inputs: [Float], targets: [Float], of kind: TargetKind) {
    precondition(
      !targets.isEmpty && inputs.count % targets.count == 0, "Each example has an input.")
    shape = EpisodeShape(
      exampleCount: targets.count, inputDimension: inputs.count / targets.count, target: kind)
    self.inputs = inputs
    self.targets = targets
    latent = []
    parts = []
  }

  /// The first `count` examples, without the latent task.
  package func prefix(_ count: Int) -> Episode {
    precondition((1...shape.exampleCount).contains(count), "An episode begins with an example.")
    return Episode(
      inputs: Array(inputs.prefix(count * shape.inputDimension)),
      targets: Array(targets.prefix(count)), of: shape.target)
  }
}

extension Episode: Equatable {
  package static func == (left: Episode, right: Episode) -> Bool {
    left.shape == right.shape && left.inputs == right.inputs && left.targets == right.targets
      && left.latent == right.latent
  }
}
