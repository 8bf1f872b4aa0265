package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Smooth random functions: a Gaussian process with a squared-exponential covariance.
///
/// The values `f` at the inputs of an episode are normal with covariance
/// `a² exp(-|x - x'|² / (2 l²))`, and `10⁻⁶ a²` more on the diagonal, which keeps its factor `L` well
/// defined. One task is `z ~ N(0, I)` of `[N]`, the latent, and `f = L z`. An example is
/// `x ~ inputScale · N(0, I)`, or uniform, with target `y = f(x) + σ ε`, `ε ~ N(0, 1)`. Targets have
/// the mean square `(1 + 10⁻⁶) a² + σ²`.
///
/// A function of a process is no finite list of numbers, so that two episodes of a task of a pool
/// share `z`, what is new in each value given those before it, and not a function.
///
/// Source: Rasmussen and Williams 2006, "Gaussian processes for machine learning", as told in
/// <https://scikit-learn.org/stable/modules/gaussian_process.html>.
package struct GaussianProcess: FunctionFamily {
  package static let kind = FamilyKind.gaussianProcess
  package static let description = FamilyDescription(
    "A smooth random function, from a Gaussian process with squared-exponential covariance.",
    source: "Rasmussen and Williams 2006, in the guide of scikit-learn",
    link: "https://scikit-learn.org/stable/modules/gaussian_process.html",
    oracle: "regression by the same Gaussian process")
  /// The share of the variance of a value that is noise, beside `σ²`.
  package static let jitter = 1e-6
  /// The largest `N`.
  package static let largestExampleCount = 1024

  /// `D`
  package var dimension = 1
  /// `l`
  package var lengthScale: Float = 1
  /// `a`
  package var amplitude: Float = 1
  /// `N`
  package var exampleCount = 21
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.uniform
  package var inputScale: Float = 5

  package static let settings: [Setting<Self>] = [
    Setting(dimension: \.dimension),
    Setting(
      "lengthScale", \.lengthScale, in: 1e-3...1e3, "distance over which values are much alike"),
    Setting("amplitude", \.amplitude, in: 1e-3...1e3, "standard deviation of a value"),
    Setting("exampleCount", \.exampleCount, in: 1...largestExampleCount, "examples of an episode"),
    Setting(noise: \.noise), Setting(inputs: \.inputs), Setting(inputScale: \.inputScale),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real,
      latentCount: exampleCount)
  }

  /// Targets are linear in all of `z`.
  package var weights: Range<Int>? { 0..<exampleCount }

  /// With room for the inputs, side by side, and the factor.
  package func makeEpisode() -> Episode {
    let room = Episode(
      shape: EpisodeShape(
        exampleCount: 1, inputDimension: Self.roomCount(exampleCount, dimension), target: .real))
    return Episode(shape: episodeShape, parts: [room])
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    key.fillNormals(&latent)
  }

  /// - Complexity: O(N²·D + N³), without allocations.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (latent, inputs) = (episode.latent, episode.inputs)
    draw(
      key, latent.span, inputs.span, targets: &episode.targets, room: &episode.parts[0].inputs)
  }

  private func draw(
    _ key: RandomKey, _ latent: Span<Float>, _ inputs: Span<Float>, targets: inout [Float],
    room: inout [Float]
  ) {
    var targets = targets.mutableSpan
    var room = room.mutableSpan
    fillNoise(&targets, key)
    addValues(of: latent, at: inputs, to: &targets, room: &room)
  }

  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    var room = [Float](repeating: 0, count: Self.roomCount(targets.count, dimension))
    var span = room.mutableSpan
    addValues(of: latent, at: inputs, to: &targets, room: &span)
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    let amplitude = weightScale * Double(amplitude)
    return GaussianProcessRegression(
      kernel: .squaredExponential(lengthScale: Double(lengthScale), amplitude: amplitude),
      noiseVariance: noiseVariance + Self.jitter * amplitude * amplitude)
  }

  package func oracle(of tasks: [[Float]], noiseVariance: Double) -> any InContextLearner {
    // A value follows from the inputs up to its own, so that the pool's learner looks at no more.
    DiscreteMinimumMeanSquaredError(taskCount: tasks.count, noiseVariance: noiseVariance) {
      values(of: tasks[$0], at: $1)
    }
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), NearestNeighbors(1), NearestNeighbors(3)]
  }
}
