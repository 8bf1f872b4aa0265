import Baselines
import Episodes
import TestSupport
import Testing

/// Known context curves. Unless said otherwise the tolerance is four standard errors of the sample.
@Suite("Context curves of regression learners")
struct RegressionCurveTests {
  /// The setting of Garg et al. 2022, <https://arxiv.org/abs/2208.01066>.
  static let standard = SampledRegression(dimension: 20, exampleCount: 41)
  static let episodes = standard.episodes(1000)

  @Test("The zero predictor has error 1")
  func zero() throws {
    for point in try Self.standard.contextCurve(of: ZeroPredictor(), Self.episodes) {
      #expect(abs(point.mean - 1) < 4 * point.standardError)
    }
  }

  @Test("Least squares has error 1 - k/d, then none")
  func leastSquares() throws {
    let curve = try Self.standard.contextCurve(of: LeastSquares(), Self.episodes)
    for (k, point) in curve.enumerated() {
      if k < 20 {
        #expect(abs(point.mean - (1 - Double(k) / 20)) < 4 * point.standardError)
      } else if k > 21 {
        // Rounding of targets, 6e-8, through condition numbers of a few hundred at most.
        #expect(point.mean < 1e-8)
      }
    }
  }

  @Test("Least squares on noisy targets has the error of its formula")
  func noisyLeastSquares() throws {
    // Noise of variance d/20, which is itself in the error of a noisy target: 1/20.
    let setting = SampledRegression(dimension: 20, exampleCount: 41, noise: 1)
    let curve = try setting.contextCurve(of: LeastSquares(), setting.episodes(4000))
    for k in [0, 2, 5, 8, 10, 12, 14, 26, 28, 30, 35, 40] {
      let error =
        k < 19 ? 1 - Double(k) / 20 + Double(k) / Double(19 - k) / 20 : 1 / Double(k - 21)
      #expect(abs(curve[k].mean - error - 0.05) < 4 * curve[k].standardError)
    }
  }

  @Test("Averaging has error (d + 1)/k")
  func averaging() throws {
    let curve = try Self.standard.contextCurve(of: Averaging(), Self.episodes)
    for (k, point) in curve.enumerated().dropFirst() {
      // Six, because a product of squares has tails so heavy that a sample shows too few of them.
      #expect(abs(point.mean - 21 / Double(k)) < 6 * point.standardError)
    }
  }

  @Test("Three nearest neighbours have the errors that were computed before for d = 20")
  func neighbors() throws {
    let curve = try Self.standard.contextCurve(of: NearestNeighbors(3), Self.episodes)
    // With one example |x - x'|²/d = 2 exactly.
    for (k, error) in [(1, 2.0), (5, 1.09), (10, 0.93), (20, 0.78), (40, 0.65)] {
      // The published values are rounded to two digits from a simulation of their own.
      #expect(abs(curve[k].mean - error) < 4 * curve[k].standardError + 0.02)
    }
  }

  @Test("Ridge regression has the errors of the optimal learner")
  func ridge() throws {
    // D 8, noise 0.5 as in Raventós et al. 2023, <https://arxiv.org/abs/2306.15063>, with the
    // noise of the target itself added, 0.25/8.
    let setting = SampledRegression(dimension: 8, exampleCount: 16, noise: 0.5)
    let curve = try setting.contextCurve(
      of: RidgeRegression(penalty: 0.25), setting.episodes(4000))
    let expected = [
      1.00, 0.88, 0.76, 0.66, 0.54, 0.43, 0.34, 0.26, 0.18, 0.14, 0.10, 0.081, 0.063, 0.052,
      0.043, 0.038,
    ]
    for (point, error) in zip(curve, expected) {
      // The published values are rounded to two digits from a simulation of their own.
      #expect(abs(point.mean - error - 0.03125) < 4 * point.standardError + 0.012)
    }
  }
}
