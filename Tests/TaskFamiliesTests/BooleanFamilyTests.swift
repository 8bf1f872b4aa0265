import Baselines
import Configuration
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Families of Boolean functions")
struct BooleanFamilyTests {
  let key = RandomKey(seed: 44)

  /// What each literal of the clause at `offset` says about an example: whether it holds.
  func literals(_ episode: Episode, clause: Int = 0, _ example: Int) -> [Bool] {
    let dimension = episode.shape.inputDimension
    return (0..<dimension).compactMap { i in
      let literal = episode.latent[clause * dimension + i]
      return literal == 0 ? nil : literal == episode.inputs[example * dimension + i]
    }
  }

  @Test("A parity is the sign of a product, of sets that are equally likely")
  func parity() {
    let family = SparseParity {
      $0.dimension = 5; $0.size = 2; $0.exampleCount = 20
    }
    var sets: [[Float]: Int] = [:]
    var (positive, inputs) = (0.0, 0.0)
    for episode in family.episodes(5000, key: key) {
      sets[episode.latent, default: 0] += 1
      #expect(episode.latent[0] < episode.latent[1] && episode.latent[1] < 5)
      for example in 0..<20 {
        let product = episode.latent.reduce(Float(1)) {
          $0 * episode.inputs[example * 5 + Int($1)]
        }
        #expect(abs(product) == 1 && episode.targets[example] == (product > 0 ? 1 : 0))
        positive += Double(episode.targets[example])
      }
      inputs += Double(episode.inputs.reduce(0, +))
    }
    // 500 of each of ten sets: standard error 21; four of it.
    #expect(sets.count == 10)
    for count in sets.values { #expect(abs(count - 500) < 85) }
    // Labels are independent: four standard errors of 100000 and 500000 signs.
    #expect(abs(positive / 100_000 - 0.5) < 4 * 0.5 / 100_000.0.squareRoot())
    #expect(abs(inputs / 500_000) < 4 / 500_000.0.squareRoot())
  }

  @Test("A formula holds where its literals say", arguments: Connective.allCases)
  func junction(_ connective: Connective) {
    let family = Conjunction {
      $0.dimension = 9; $0.exampleCount = 70; $0.connective = connective
    }
    var (positive, negative, rare, frequent) = (0.0, 0.0, 0.0, 0.0)
    let episodes = family.episodes(3000, key: key)
    for episode in episodes {
      positive += Double(episode.latent.count { $0 == 1 })
      negative += Double(episode.latent.count { $0 == -1 })
      for example in 0..<70 {
        let literals = literals(episode, example)
        let holds =
          connective == .conjunction ? literals.allSatisfy(\.self) : literals.contains(true)
        #expect(episode.targets[example] == (holds ? 1 : 0))
        guard literals.count == 4 else { continue }
        // What chance alone makes true, or false, of one in sixteen inputs.
        if holds == (connective == .conjunction) { rare += 1 } else { frequent += 1 }
      }
    }
    // 27000 literals, each sign with probability 0.15: standard error 0.0022; four of it.
    #expect(abs(positive / 27_000 - 0.15) < 0.0087 && abs(negative / 27_000 - 0.15) < 0.0087)
    // 0.3 + 0.7/16 of about 36000 independent examples: standard error 0.0025; four of it.
    #expect(rare + frequent > 30_000)
    #expect(abs(rare / (rare + frequent) - (0.3 + 0.7 / 16)) < 0.0101)
  }

  @Test("A disjunctive normal form holds where a clause does, one of which is forced")
  func normalForm() {
    let family = DisjunctiveNormalForm {
      $0.dimension = 12; $0.clauseCount = 3; $0.exampleCount = 50; $0.literalProbability = 0.2
    }
    var (literalCount, positive) = (0.0, 0.0)
    /// How often each clause is the one that holds most often.
    var forced = [Int](repeating: 0, count: 3)
    for episode in family.episodes(2000, key: key) {
      literalCount += Double(episode.latent.count { $0 != 0 })
      let holding = (0..<50).map { example in
        (0..<3).map { literals(episode, clause: $0, example).allSatisfy(\.self) }
      }
      for example in 0..<50 {
        #expect(episode.targets[example] == (holding[example].contains(true) ? 1 : 0))
        positive += Double(episode.targets[example])
      }
      let counts = (0..<3).map { clause in holding.count { $0[clause] } }
      forced[counts.firstIndex(of: counts.max() ?? 0) ?? 0] += 1
    }
    // 72000 coordinates with probability 0.4: standard error 0.0018; four of it.
    #expect(abs(literalCount / 72_000 - 0.4) < 0.0074)
    // The forced share of 0.35, and what chance adds: well below three clauses of 2⁻² or so.
    #expect(positive / 100_000 > 0.35 && positive / 100_000 < 0.6)
    // Each clause is forced in a third of episodes: standard error 0.0105; a tie goes to the first,
    // which at most one in ten episodes shows.
    for count in forced { #expect(abs(Double(count) / 2000 - 1.0 / 3) < 0.1) }
  }

  @Test("Without forced inputs they are uniform")
  func unforced() {
    let family = Conjunction {
      $0.forcedShare = 0; $0.dimension = 8
    }
    var products = 0.0
    for episode in family.episodes(2000, key: key) {
      for i in episode.inputs.indices {
        products += Double(episode.inputs[i] * episode.latent[i % 8])
      }
    }
    // 640000 products of variance 0.3; four standard errors.
    #expect(abs(products / 640_000) < 4 * (0.3 / 640_000.0).squareRoot())
  }

  @Test("Oracles know parities and conjunctions after enough examples")
  func oracles() throws {
    func last(_ family: some TaskFamily, _ count: Int) throws -> Double {
      try ClassificationScores(family.oracle, family.episodes(count, key: key))
        .accuracy(at: [family.episodeShape.exampleCount - 1])
    }
    // Of 45 parities each of 39 examples refutes half.
    #expect(try last(SparseParity { $0.exampleCount = 40 }, 100) == 1)
    // Literals are known after some satisfying examples, of which there are twelve on average.
    for connective in Connective.allCases {
      let family = Conjunction {
        $0.connective = connective; $0.dimension = 10
      }
      #expect(try last(family, 100) > 0.96)
    }
    #expect(
      SparseParity {
        $0.dimension = 64; $0.size = 8
      }.oracle is GradientBoostedTrees)
  }

  @Test("Families of functions keep their function when inputs change between the stages")
  func stages() {
    func check(_ family: some TaskFamily, _ comment: Comment) {
      var episode = family.episode(key)
      let targets = episode.targets
      for i in episode.inputs.indices { episode.inputs[i] = -episode.inputs[i] }
      family.drawTargets(key, into: &episode)
      #expect(episode.targets != targets, comment)
      for i in episode.inputs.indices { episode.inputs[i] = -episode.inputs[i] }
      family.drawTargets(key, into: &episode)
      #expect(episode.targets == targets, comment)
    }
    check(SparseParity { $0.size = 3 }, "parity")
    check(Conjunction(), "conjunction")
    check(DisjunctiveNormalForm(), "normal form")
  }

  @Test(
    "Settings that do not go together are refused",
    arguments: [
      ("{kind: sparseParity, dimension: 3, size: 4}", "size"),
      ("{kind: sparseParity, dimension: 65}", "dimension"),
      ("{kind: conjunction, literalProbability: 0.5}", "literalProbability"),
      ("{kind: conjunction, forcedShare: 1}", "forcedShare"),
      ("{kind: disjunctiveNormalForm, clauseCount: 0}", "clauseCount"),
    ])
  func mistakes(_ yaml: String, _ path: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() as FamilyConfiguration
    }
    #expect(error?.path == path)
  }
}
