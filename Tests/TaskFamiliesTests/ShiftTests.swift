import Baselines
import Configuration
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Families made of others")
struct ShiftTests {
  let key = RandomKey(seed: 31)
  let linear = LinearRegression {
    $0.dimension = 4
    $0.exampleCount = 6
  }

  /// Episodes of a family and of what is made of it, under the same keys.
  func pairs(
    _ family: some FamilySettings, _ changed: some FamilySettings, _ count: Int
  ) throws -> [(before: Episode, after: Episode)] {
    let before = try family.makeFamily().episodes(count, key: key)
    let after = try changed.makeFamily().episodes(count, key: key)
    return Array(zip(before, after)).map { (before: $0, after: $1) }
  }

  func product(_ episode: Episode, _ example: Int) -> Double {
    (0..<4).reduce(0) {
      $0 + Double(episode.latent[$1]) * Double(episode.inputs[example * 4 + $1])
    }
  }

  func expectExact(_ episode: Episode) {
    for example in 0..<6 {
      // Sums are in double precision and rounded once.
      #expect(abs(Double(episode.targets[example]) - product(episode, example)) < 1e-5)
    }
  }

  @Test("Inputs and weights are scaled before targets are drawn")
  func scales() throws {
    for (before, after) in try pairs(linear, ScaledInputs(of: linear) { $0.factor = 3 }, 20) {
      #expect(after.inputs == before.inputs.map { 3 * $0 } && after.latent == before.latent)
      expectExact(after)
    }
    for (before, after) in try pairs(linear, ScaledWeights(of: linear) { $0.factor = 3 }, 20) {
      #expect(after.latent == before.latent.map { 3 * $0 } && after.inputs == before.inputs)
      expectExact(after)
    }
  }

  @Test("Inputs and weights are moved before targets are drawn")
  func translations() throws {
    for (before, after) in try pairs(linear, TranslatedInputs(of: linear), 20) {
      #expect(after.inputs == before.inputs.map { $0 + 2.5 } && after.latent == before.latent)
      expectExact(after)
    }
    for (before, after) in try pairs(linear, TranslatedWeights(of: linear) { $0.offset = -3 }, 20) {
      #expect(after.latent == before.latent.map { $0 - 3 } && after.inputs == before.inputs)
      expectExact(after)
    }
  }

  @Test("The learner of moved weights knows their mean, and is right where others are not")
  func translatedOracle() throws {
    let inner = ScaledWeights(of: linear) { $0.factor = 0.5 }
    let outer = ScaledWeights(of: TranslatedWeights(of: inner) { $0.offset = 4 }) { $0.factor = 2 }
    let family = try outer.makeFamily()
    #expect(family.oracle.name == "leastSquaresAroundMean")
    let episodes = family.episodes(400, key: key)
    func errors(_ learner: any InContextLearner) throws -> [Double] {
      let predictions = try learner.predictions(for: episodes)
      return (0..<6).map { example in
        episodes.enumerated().reduce(0) { sum, pair in
          let error = Double(predictions[pair.offset * 6 + example] - pair.element.targets[example])
          return sum + error * error / 400
        }
      }
    }
    let (oracle, plain) = (try errors(family.oracle), try errors(LeastSquares()))
    // Without a context: weights have the variance 1 around 8, so errors are 4 and 4 · 65 on
    // average; of 400 squares of normal numbers with heavy tails the mean is known to about a tenth.
    #expect(abs(oracle[0] / 4 - 1) < 0.4 && abs(plain[0] / 260 - 1) < 0.4)
    #expect(oracle[2] < 0.1 * plain[2])
    // With as many examples as dimensions both are exact, to rounding of numbers of about 16.
    #expect(oracle[5] < 1e-4 && plain[5] < 1e-4)
  }

  @Test(
    "Redrawn inputs have the norm of the old ones", arguments: RedrawnInputs.Distribution.allCases)
  func redrawn(_ distribution: RedrawnInputs.Distribution) throws {
    let long = LinearRegression {
      $0.dimension = 4
      $0.exampleCount = 100
      $0.inputScale = 3
    }
    var (fourth, second, positive, count) = (0.0, 0.0, 0, 0)
    let changed = RedrawnInputs(of: long) { $0.distribution = distribution }
    for (before, after) in try pairs(long, changed, 100) {
      func square(_ numbers: [Float]) -> Double {
        numbers.reduce(0) { $0 + Double($1) * Double($1) }
      }
      // A factor in single precision.
      #expect(abs(square(after.inputs) / square(before.inputs) - 1) < 1e-6)
      #expect(after.inputs != before.inputs && after.latent == before.latent)
      for number in after.inputs {
        second += Double(number) * Double(number)
        fourth += Double(number) * Double(number) * Double(number) * Double(number)
        positive += number > 0 ? 1 : 0
        count += 1
      }
    }
    // E x⁴ / (E x²)² about zero; 40 000 numbers, the heaviest tails are known to a tenth.
    let expected: [RedrawnInputs.Distribution: Double] = [
      .gaussian: 3, .exponential: 6, .laplace: 6,
    ]
    let ratio = fourth / Double(count) / (second / Double(count)) / (second / Double(count))
    #expect(abs(ratio / (expected[distribution] ?? 0) - 1) < 0.15)
    #expect((positive == count) == (distribution == .exponential))
    // Of 40 000 signs half are positive, with a standard error of 0.0025.
    #expect(distribution == .exponential || abs(Double(positive) / Double(count) - 0.5) < 0.01)
  }

  @Test("All inputs but the query come from one orthant")
  func orthant() throws {
    var patterns: Set<[Bool]> = []
    for (before, after) in try pairs(linear, OrthantInputs(of: linear), 200) {
      let signs = (0..<5).map { example in (0..<4).map { after.inputs[example * 4 + $0] > 0 } }
      #expect(Set(signs).count == 1)
      patterns.formUnion(signs)
      #expect(after.inputs.map(\.magnitude) == before.inputs.map(\.magnitude))
      #expect(after.inputs[20...] == before.inputs[20...])
      expectExact(after)
    }
    #expect(patterns.count == 16)
  }

  @Test("Queries overlap with the context, or are orthogonal to it")
  func queries() throws {
    var chosen: Set<Int> = []
    for (before, after) in try pairs(linear, OverlappingQuery(of: linear), 50) {
      let rows = (0..<6).map { Array(after.inputs[$0 * 4..<$0 * 4 + 4]) }
      chosen.insert(try #require(rows[..<5].firstIndex(of: rows[5])))
      #expect(after.inputs[..<20] == before.inputs[..<20])
      expectExact(after)
    }
    #expect(chosen.count == 5)

    let few = LinearRegression {
      $0.dimension = 4
      $0.exampleCount = 4
    }
    for (before, after) in try pairs(few, OrthogonalQuery(of: few), 50) {
      let query = after.inputs[12...].map(Double.init)
      for example in 0..<3 {
        let product = (0..<4).reduce(0) { $0 + query[$1] * Double(after.inputs[example * 4 + $1]) }
        // Rounding of four numbers of about 1 to single precision.
        #expect(abs(product) < 1e-5)
      }
      func square(_ numbers: ArraySlice<Float>) -> Float { numbers.reduce(0) { $0 + $1 * $1 } }
      #expect(abs(square(after.inputs[12...]) - square(before.inputs[12...])) < 1e-4)
    }
  }

  @Test("Stretched inputs keep their mean square, along directions of falling factors")
  func stretched() throws {
    let family = LinearRegression {
      $0.dimension = 4
      $0.exampleCount = 100
    }
    func covariance(_ settings: StretchedInputs) throws -> [Double] {
      var sums = [Double](repeating: 0, count: 16)
      let episodes = try settings.makeFamily().episodes(400, key: key)
      for episode in episodes {
        for example in 0..<100 {
          for i in 0..<16 {
            sums[i] += Double(
              episode.inputs[example * 4 + i / 4] * episode.inputs[example * 4 + i % 4])
          }
        }
      }
      return sums.map { $0 / 40_000 }
    }
    // Of Λ² = 4 / Σ i⁻² · diag(1, 1/4, 1/9, 1/16): trace 4, trace of the square 16 · 1.0787 / 2.0267.
    let skewed = try covariance(StretchedInputs(of: family))
    let trace = skewed[0] + skewed[5] + skewed[10] + skewed[15]
    // The variance of |x|² is 2 tr C² = 16.9: standard error √(16.9 / 40000) = 0.0206; four of them.
    #expect(abs(trace - 4) < 0.083)
    let square = skewed.reduce(0) { $0 + $1 * $1 }
    // 8.4 with a relative error of about twice that of the largest variance, √(2 / 40000).
    #expect(abs(square / 8.404 - 1) < 4 * 2 * 0.0071)
    #expect(skewed.enumerated().contains { $0.offset % 5 != 0 && abs($0.element) > 0.1 })

    let flat = try covariance(
      StretchedInputs(of: family) {
        $0.exponent = 0
        $0.rank = 2
      })
    // Eigenvalues 2, 2, 0, 0.
    let flatSquare = flat.reduce(0) { $0 + $1 * $1 }
    #expect(abs(flatSquare / 8 - 1) < 4 * 2 * 0.0071)
    let other = try covariance(StretchedInputs(of: family) { $0.seed = 1 })
    #expect(abs(other[0] - skewed[0]) > 0.1)
  }

  @Test("An order is permuted, but for the query")
  func permuted() throws {
    var moved = 0
    for (before, after) in try pairs(linear, PermutedOrder(of: linear), 50) {
      func examples(_ episode: Episode) -> [[Float]] {
        (0..<6).map { Array(episode.inputs[$0 * 4..<$0 * 4 + 4]) + [episode.targets[$0]] }
      }
      #expect(Set(examples(before)) == Set(examples(after)))
      #expect(examples(before)[5] == examples(after)[5])
      if examples(before) != examples(after) { moved += 1 }
    }
    // One in 120 stays: 0.4 of 50 expected.
    #expect(moved > 45)
  }

  @Test(
    "Noise has its distribution",
    arguments: [
      (NoiseDistribution.gaussian, 3, 4.0, 0.8427), (.laplace, 3, 8.0, 0.7568),
      // P(|t| < √2) with 5 degrees of freedom is 0.7837; variance 5/3.
      (.studentT, 5, 20.0 / 3, 0.7837),
    ])
  func noise(
    _ distribution: NoiseDistribution, _ degrees: Int, _ variance: Double, _ share: Double
  ) throws {
    let noisy = AddedNoise(of: linear) {
      $0.distribution = distribution
      $0.degreesOfFreedom = degrees
      $0.scale = 2
    }
    let errors = try pairs(linear, noisy, 5000).flatMap { before, after in
      zip(before.targets, after.targets).map { Double($1 - $0) }
    }
    let count = Double(errors.count)
    let square = errors.meanSquare
    // Kurtosis 3, 6 and 9: relative standard errors √((κ - 1) / 30000) of at most 0.0163; four.
    #expect(abs(square / variance - 1) < 0.066)
    let inside = Double(errors.count { abs($0) < 2 * 2.0.squareRoot() }) / count
    // Standard error √(0.25 / 30000) = 0.0029; four of them.
    #expect(abs(inside - share) < 0.0116)
  }

  @Test("Outliers and noise on labels come with their probability")
  func replaced() throws {
    let outliers = Outliers(of: linear) {
      $0.share = 0.25
      $0.scale = 100
    }
    let changed = try pairs(linear, outliers, 2000).flatMap { before, after in
      zip(before.targets, after.targets).filter { $0 != $1 }.map { Double($1 - $0) }
    }
    // 3000 of 12000 expected, standard error 47; variance 10⁴ with relative error √(2 / 3000).
    #expect(abs(changed.count - 3000) < 190)
    #expect(abs(changed.meanSquare / 1e4 - 1) < 0.104)

    let classes = PrototypeSettings { $0.exampleCount = 11 }
    var count = 0
    for (before, after) in try pairs(classes, LabelNoise(of: classes) { $0.share = 0.5 }, 1000) {
      count += zip(before.targets, after.targets).count { $0 != $1 }
      #expect(before.targets[10] == after.targets[10] && before.inputs == after.inputs)
    }
    // Four in five of those replaced differ: 10000 · 0.4, standard error 49.
    #expect(abs(count - 4000) < 196)
  }

  @Test("A shift in a shift draws numbers of its own")
  func nested() throws {
    let once = AddedNoise(of: linear)
    let twice = AddedNoise(of: once)
    let base = linear.makeFamily().episodes(2000, key: key)
    let (first, second) = (
      try once.makeFamily().episodes(2000, key: key),
      try twice.makeFamily().episodes(2000, key: key)
    )
    var product = 0.0
    for index in base.indices {
      for i in 0..<6 {
        let outer = Double(second[index].targets[i] - first[index].targets[i])
        product += outer * Double(first[index].targets[i] - base[index].targets[i])
      }
    }
    // Independent noises: mean zero with standard error 1/√12000; four of them.
    #expect(abs(product / 12_000) < 0.0365)
  }

  @Test("A mixture draws its members with their weights, as they draw alone")
  func mixture() throws {
    let scaled = ScaledInputs(of: linear) { $0.factor = 10 }
    let mixture = Mixture([
      Mixture.Member(weight: 1, family: FamilyConfiguration(linear)),
      Mixture.Member(weight: 3, family: FamilyConfiguration(scaled)),
    ])
    let episodes = try mixture.makeFamily().episodes(4000, key: key)
    let alone = [
      linear.makeFamily().episodes(4000, key: key),
      try scaled.makeFamily().episodes(4000, key: key),
    ]
    var second = 0
    for (index, episode) in episodes.enumerated() {
      let member = Int(episode.latent[0])
      second += member
      #expect(episode.inputs == alone[member][index].inputs)
      #expect(episode.targets == alone[member][index].targets)
      #expect(episode.latent[1...] == alone[member][index].latent[...])
    }
    // 3000 expected, standard error 27; four of them.
    #expect(abs(second - 3000) < 110)
    // What is changed around a mixture reaches the targets.
    for episode in try ScaledInputs(of: mixture).makeFamily().episodes(20, key: key) {
      let weights = Array(episode.latent[1...])
      var own = Episode(shape: linear.episodeShape)
      own.inputs = episode.inputs
      own.targets = episode.targets
      own.latent = weights
      for example in 0..<6 {
        // Inputs of about 20: rounding of targets of about 40.
        #expect(abs(Double(own.targets[example]) - product(own, example)) < 1e-4)
      }
    }
  }

  @Test(
    "What does not go together is refused",
    arguments: [
      ("{kind: orthogonalQuery, family: {kind: linearRegression}}", "family"),
      ("{kind: scaledWeights, family: {kind: prototypeClassification}}", "family"),
      ("{kind: addedNoise, family: {kind: prototypeClassification}}", "family"),
      ("{kind: translatedWeights, family: {kind: prototypeClassification}}", "family"),
      ("{kind: translatedWeights, family: {kind: reluNetwork}}", "family"),
      (
        "{kind: stretchedInputs, rank: 6, family: {kind: linearRegression, dimension: 5}}", "rank"
      ),
      ("{kind: mixture, members: []}", "members"),
      (
        "{kind: mixture, members: [{family: {kind: linearRegression}}, {family: {kind: linearRegression, dimension: 4}}]}",
        "members"
      ),
      (
        "{kind: mixture, members: [{weight: 0, family: {kind: linearRegression}}]}",
        "members.0.weight"
      ),
    ])
  func refused(_ yaml: String, _ path: String) {
    let error = #expect(throws: ConfigurationError.self) {
      let document = try ConfigurationDocument(yaml: yaml, name: "test.yaml")
      let configuration: FamilyConfiguration = try document.decode()
      _ = try configuration.makeFamily()
    }
    #expect(error?.path == path)
  }

  @Test("Oracles know what was changed")
  func oracles() throws {
    func penalty(_ settings: some FamilySettings) throws -> Double? {
      let oracle = try settings.makeFamily().oracle as? BayesianLinearRegression
      return oracle.map { $0.noiseVariance / $0.priorVariance }
    }
    #expect(try penalty(linear) == nil)
    #expect(try penalty(AddedNoise(of: linear) { $0.scale = 0.5 }) == 0.25)
    let scaled = ScaledWeights(of: AddedNoise(of: linear)) { $0.factor = 2 }
    #expect(try penalty(scaled) == 0.25)
  }
}
