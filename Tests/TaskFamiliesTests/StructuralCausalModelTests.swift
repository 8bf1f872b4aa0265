import Baselines
import Configuration
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Structural causal models")
struct StructuralCausalModelTests {
  let key = RandomKey(seed: 47)

  func episodes(
    _ count: Int, _ change: (inout StructuralCausalModel) -> Void = { _ in }
  ) -> [Episode] {
    StructuralCausalModel(change).episodes(count, key: key)
  }

  @Test("Numbers of features, classes, causes and layers are uniform in their ranges")
  func extents() {
    let episodes = episodes(4000) {
      $0.minimumFeatureCount = 3; $0.dimension = 6; $0.minimumClassCount = 2; $0.classCount = 5;
      $0.causeCount = 4; $0.layerCount = 5; $0.exampleCount = 1
    }
    for (place, range) in [(0, 3...6), (1, 2...5), (2, 1...4), (3, 2...5)] {
      var counts: [Int: Int] = [:]
      for episode in episodes { counts[Int(episode.latent[place]), default: 0] += 1 }
      // A quarter of each: standard error 27; four of it.
      #expect(Set(counts.keys) == Set(range))
      for count in counts.values { #expect(abs(count - 1000) < 110) }
    }
    // Noise is uniform in 0 ... 0.2: mean 0.1, standard error 0.0009; four of it.
    let noise = episodes.reduce(0.0) { $0 + Double($1.latent[4]) } / 4000
    #expect(abs(noise - 0.1) < 0.0037)
  }

  /// The nodes of an example, computed in double precision from the draws of its key.
  func nodes(
    _ latent: [Double], _ example: Int, _ episodeKey: RandomKey, _ model: StructuralCausalModel,
    matrices: Int
  ) -> [Double] {
    let (width, causes) = (model.width, Int(latent[2]))
    let key = episodeKey.folded(with: .inputs).folded(with: example)
    var nodes = key.folded(with: 0).normals(model.causeCount + Int(latent[3]) * width)
      .map(Double.init)
    if latent[5] == 1 {
      let limit = Float(3).squareRoot()
      let uniforms = key.folded(with: 1).uniforms(causes, in: -limit..<limit)
      for i in 0..<causes { nodes[i] = Double(uniforms[i]) }
    }
    var before = Array(nodes[..<causes])
    var matrix = matrices
    for layer in 0..<Int(latent[3]) {
      let first = model.causeCount + layer * width
      for j in 0..<width {
        nodes[first + j] =
          before.indices.reduce(latent[matrix + j]) {
            $0 + before[$1] * latent[matrix + (1 + $1) * width + j]
          } + (layer == 0 ? 0 : latent[4] * nodes[first + j])
      }
      before = nodes[first..<first + width].map { x in
        switch NodeFunction.allCases[Int(latent[6 + layer])] {
        case .identity: x
        case .tanh: tanh(x)
        case .relu: max(x, 0)
        case .absolute: abs(x)
        case .sign: x > 0 ? 1 : -1
        case .bump: 1 / (1 + x * x)
        }
      }
      matrix += (1 + (layer == 0 ? model.causeCount : width)) * width
    }
    return nodes
  }

  @Test("Inputs and targets are what the latent says about the nodes of the graph")
  func definition() {
    let model = StructuralCausalModel {
      $0.exampleCount = 6; $0.categoricalShare = 0.5
    }
    let features = 6 + 4 + 3 + 2 * 5
    let matrices = features + 8 * (3 + 2 * 8)
    var (wrong, total) = (0, 0)
    for index in 0..<150 {
      let episodeKey = key.folded(with: index)
      let episode = model.episode(episodeKey)
      let latent = episode.latent.map(Double.init)
      for example in 0..<6 {
        let nodes = nodes(latent, example, episodeKey, model, matrices: matrices)
        func value(_ column: Int, _ most: Int) -> Double {
          let number = nodes[Int(latent[column])]
          let pieces = Int(latent[column + 3])
          guard pieces > 0 else { return (number - latent[column + 1]) * latent[column + 2] }
          let cuts = latent[column + 4..<column + 3 + pieces]
          return latent[column + 3 + most + cuts.count { number > $0 }]
        }
        for feature in 0..<Int(latent[0]) {
          let expected = value(features + feature * 19, 8)
          total += 1
          if abs(Double(episode.inputs[example * 8 + feature]) - expected) > 1e-3 { wrong += 1 }
        }
        total += 1
        if Double(episode.targets[example]) != value(10, 5) { wrong += 1 }
      }
    }
    // Sums in single precision may fall on the other side of a cut, or of the zero of a sign.
    #expect(total > 4000 && wrong <= total / 200)
  }

  @Test("Columns are standardised, finite, and zero where there is no feature")
  func standardisation() {
    var (sum, squares, count) = (0.0, 0.0, 0.0)
    var greatest: Float = 0
    for episode in episodes(1000, { $0.exampleCount = 40 }) {
      let used = Int(episode.latent[0])
      for example in 0..<40 {
        for feature in 0..<8 {
          let value = episode.inputs[example * 8 + feature]
          #expect(value.isFinite)
          greatest = max(greatest, abs(value))
          guard feature < used else {
            #expect(value == 0)
            continue
          }
          sum += Double(value)
          squares += Double(value) * Double(value)
          count += 1
        }
      }
    }
    // Means and deviations of 64 examples are off by 1/8 and, of heavier tails, somewhat more; over about
    // 5000 columns that leaves an error of the mean of 0.0018 and adds 1/64 and more to the variance.
    // Columns that hardly vary are zero, a few of a hundred.
    #expect(abs(sum / count) < 0.02)
    #expect(abs(squares / count - 1) < 0.15)
    #expect(greatest > 2.5)
  }

  @Test("All classes of a task occur, in shares that random quantiles have")
  func classes() {
    var used: [Int] = []
    var missing = 0
    for episode in episodes(500, { $0.exampleCount = 256 }) {
      let classCount = Int(episode.latent[1])
      let labels = Set(episode.targets.map { Int($0) })
      #expect(labels.allSatisfy { 0 <= $0 && $0 < classCount })
      missing += classCount - labels.count
      used.append(classCount)
      // No class takes all of a table but where the target hardly varies.
      if classCount == 5 { #expect(labels.count > 1) }
    }
    // A class has a 64th of the table at least, of which 256 examples miss e⁻⁴ at most; most have more.
    #expect(Double(missing) / Double(used.reduce(0, +)) < 0.03)
  }

  @Test("Categorical features have few values, others many")
  func categories() {
    func valueCounts(_ share: Float) -> [Int] {
      episodes(200) {
        $0.categoricalShare = share; $0.minimumFeatureCount = 8; $0.exampleCount = 64;
        $0.categoryCount = 5; $0.noise = 0.5
      }.flatMap { episode in
        (0..<8).map { feature in
          Set((0..<64).map { episode.inputs[$0 * 8 + feature] }).count
        }
      }
    }
    #expect(valueCounts(1).allSatisfy { $0 <= 5 })
    #expect(Set(valueCounts(1)).isSuperset(of: [2, 3, 4, 5]))
    // Continuous features of causes, or with some noise.
    #expect(valueCounts(0).count { $0 == 64 } > 1200)
  }

  @Test("Values are missing as often as asked")
  func missing() {
    let (whole, holes) = (episodes(200), episodes(200) { $0.missingShare = 0.25 })
    var (present, dropped) = (0.0, 0.0)
    for (left, right) in zip(whole, holes) {
      #expect(left.targets == right.targets)
      for (value, other) in zip(left.inputs, right.inputs) where value != 0 {
        present += 1
        if other == 0 { dropped += 1 } else { #expect(other == value) }
      }
    }
    // Standard error √(0.19/n) of more than 20000 values; four of it.
    #expect(present > 20_000 && abs(dropped / present - 0.25) < 0.0123)
  }

  @Test("Regression asks for the same node, standardised")
  func regression() {
    let numbers = episodes(300) { $0.target = .regression }
    let classes = episodes(300)
    #expect(StructuralCausalModel { $0.target = .regression }.episodeShape.target == .real)
    var squares = 0.0
    for (number, label) in zip(numbers, classes) {
      #expect(number.inputs == label.inputs)
      squares += number.targets.meanSquare
      // Examples in the order of their numbers have few changes of class: one a cut.
      let order = (0..<32).sorted { number.targets[$0] < number.targets[$1] }
      let sorted = order.map { label.targets[$0] }
      #expect(zip(sorted, sorted.dropFirst()).count { $0 != $1 } < Int(label.latent[1]))
    }
    #expect(abs(squares / 300 - 1) < 0.2)
  }

  @Test("Examples depend on their task and themselves only")
  func prefixes() {
    let (short, long) = (
      episodes(20) { $0.exampleCount = 5 }, episodes(20) { $0.exampleCount = 90 }
    )
    for (left, right) in zip(short, long) {
      #expect(left.latent == right.latent)
      #expect(left.inputs[...] == right.inputs.prefix(40))
      #expect(left.targets[...] == right.targets.prefix(5))
    }
  }

  @Test("A pool fixes models, not examples")
  func pool() throws {
    let pool = Pool(of: StructuralCausalModel()) { $0.taskCount = 3 }
    let episodes = try pool.makeFamily().episodes(60, key: key)
    #expect(Set(episodes.map(\.latent)).count == 3)
    #expect(Set(episodes.map(\.inputs)).count == 60)
  }

  @Test("The target can be learned from the features")
  func learning() throws {
    let family = StructuralCausalModel()
    let episodes = family.episodes(200, key: key)
    func accuracy(_ learner: any InContextLearner, _ count: Int) throws -> Double {
      try ClassificationScores(learner, Array(episodes.prefix(count))).accuracy(at: 16..<32)
    }
    let majority = try accuracy(MajorityClass(), 200)
    // 3200 predictions: four standard errors of a difference are 0.035 at most.
    #expect(try accuracy(NearestNeighbors(3), 200) > majority + 0.05)
    // 320 predictions of a strong learner, which is slow.
    #expect(try accuracy(family.oracle, 20) > accuracy(MajorityClass(), 20) + 0.05)
  }

  @Test(
    "Settings that do not go together are refused",
    arguments: [
      ("dimension: 4, minimumFeatureCount: 5", "minimumFeatureCount"),
      ("classCount: 3, minimumClassCount: 4", "minimumClassCount"),
      ("dimension: 30", "width"),
      ("target: ranking", "target"),
    ])
  func mistakes(_ settings: String, _ path: String) {
    let yaml = "{kind: structuralCausalModel, \(settings)}"
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() as FamilyConfiguration
    }
    #expect(error?.path == path)
  }
}
