import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Families of functions: moments")
struct FunctionMomentTests {
  /// A family with the mean square of its targets, as documented.
  struct Moment: Sendable {
    let family: any FunctionFamily
    let meanSquare: Double

    init(_ family: any FunctionFamily, _ meanSquare: Double) {
      self.family = family
      self.meanSquare = meanSquare
    }
  }

  static let moments = [
    Moment(SparseLinearRegression(), 3),
    Moment(
      SparseLinearRegression {
        $0.inputs = .uniform; $0.inputScale = 3
      }, 9),
    Moment(QuadraticRegression(), 10),
    Moment(QuadraticRegression { $0.inputScale = 0.5 }, 10.0 / 16),
    Moment(MonomialRegression(), 15.0 / 11),
    // Over all phases of x the waves have mean squares of a half, up to sin(10)/10 of it.
    Moment(Sinusoid(), 124.999 / 14.7 / 2),
    Moment(Sinusoid { $0.highestAmplitude = 0.5 }, 0.124 / 1.2 / 2),
    Moment(FourierSeries(), 1.1),
    Moment(
      FourierSeries {
        $0.frequencyCount = 3; $0.noise = 0.5
      }, 4.0 / 3 + 0.25),
    Moment(ReLUNetwork(), 20),
    Moment(
      ReLUNetwork {
        $0.hiddenCount = 5; $0.dimension = 4
      }, 4),
    Moment(DecisionTree(), 1),
    Moment(DecisionTree { $0.noise = 2 }, 5),
    Moment(GaussianProcess(), 1),
    Moment(
      GaussianProcess {
        $0.amplitude = 3; $0.noise = 1
      }, 10),
  ]

  @Test("Targets have the mean square that is documented", arguments: moments)
  func meanSquare(_ moment: Moment) {
    let count = 4000
    let squares = (0..<count).map { index in
      moment.family.episode(RandomKey(seed: 52).folded(with: index)).targets.meanSquare
    }
    let sample = Sample(squares)
    // Four standard errors, as episodes are independent, and the waves' deviation from a half.
    let tolerance = 4 * sample.standardError
    let bias = moment.family is Sinusoid ? 0.055 * moment.meanSquare : 0
    #expect(abs(sample.mean - moment.meanSquare) < tolerance + bias)
  }

  @Test(
    "By default there is no noise: targets are the values of the function",
    arguments: FamilyKind.allCases)
  func noiseless(_ kind: FamilyKind) throws {
    guard let family = FamilyConfiguration(kind).settings as? any FunctionFamily else { return }
    #expect(family.noise == 0)
    let episode = family.episode(RandomKey(seed: 53))
    #expect(family.values(of: episode.latent, at: episode.inputs) == episode.targets)
  }
}
