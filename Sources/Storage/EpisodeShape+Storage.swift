package import Episodes

extension EpisodeShape {
  /// Bytes of an episode in a file: single precision, or integers of as many bits.
  package var byteCount: Int {
    4 * (exampleCount * (inputDimension + 1) + latentCount)
  }

  /// The same without the numbers of the latent task.
  package var withoutLatents: EpisodeShape { withLatents(0) }

  func withLatents(_ count: Int) -> EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: inputDimension, target: target,
      latentCount: count)
  }

  /// Whether a model reads episodes of both shapes alike: all but their latent tasks agree.
  package func reads(like other: EpisodeShape) -> Bool { withoutLatents == other.withoutLatents }
}
