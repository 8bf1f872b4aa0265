import Baselines
import Configuration
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import Testing

@Suite("Network classification")
struct NetworkClassificationTests {
  let key = RandomKey(seed: 46)

  /// The outputs of the network in a latent, in double precision.
  func outputs(_ episode: Episode, _ example: Int, _ family: NetworkClassification) -> [Double] {
    let latent = episode.latent.map(Double.init)
    var values = (0..<family.dimension).map {
      Double(episode.inputs[example * family.dimension + $0])
    }
    func affine(_ offset: Int, _ count: Int) -> [Double] {
      (0..<count).map { o in
        values.indices.reduce(latent[offset + o]) {
          $0 + values[$1] * latent[offset + (1 + $1) * count + o]
        }
      }
    }
    var offset = 1
    for layer in 0..<family.hiddenLayerCount {
      let inputCount = layer == 0 ? family.dimension : family.width
      if layer < Int(latent[0]) {
        values = affine(offset, family.width).map { x in
          switch family.function {
          case .identity: x
          case .tanh: tanh(x)
          case .relu: max(x, 0)
          case .absolute: abs(x)
          case .sign: x > 0 ? 1 : -1
          case .bump: 1 / (1 + x * x)
          }
        }
      }
      offset += (1 + inputCount) * family.width
    }
    return affine(offset, family.classCount)
  }

  @Test("A class is the greatest output", arguments: NodeFunction.allCases)
  func definition(_ function: NodeFunction) {
    // Widths that are no multiples of four, so that every loop of the products is met.
    let family = NetworkClassification {
      $0.dimension = 7; $0.classCount = 5; $0.exampleCount = 12; $0.hiddenLayerCount = 3;
      $0.minimumHiddenLayerCount = 1; $0.width = 19; $0.function = function
    }
    var depths: [Float: Int] = [:]
    var ties = 0
    for episode in family.episodes(150, key: key) {
      depths[episode.latent[0], default: 0] += 1
      for example in 0..<12 {
        let outputs = outputs(episode, example, family)
        // Sums in single precision are right to about 10⁻⁶ of their terms, but a sign may turn at zero.
        let best = outputs.max() ?? 0
        if outputs[Int(episode.targets[example])] < best - 1e-4 { ties += 1 }
      }
    }
    #expect(ties <= (function == .sign ? 2 : 0))
    // 50 of each: standard error 5.8; four of it.
    #expect(depths.count == 3)
    for count in depths.values { #expect(abs(count - 50) < 24) }
  }

  @Test("Weights and biases have their scales")
  func moments() {
    let family = NetworkClassification {
      $0.dimension = 4; $0.width = 6; $0.hiddenLayerCount = 1; $0.classCount = 2;
      $0.weightScale = 3; $0.biasScale = 0.5; $0.centered = false
    }
    var (biases, first, last) = (0.0, 0.0, 0.0)
    func squares(_ numbers: ArraySlice<Float>) -> Double {
      numbers.reduce(0) { $0 + Double($1) * Double($1) }
    }
    for episode in family.episodes(5000, key: key) {
      biases += squares(episode.latent[1..<7]) + squares(episode.latent[31..<33])
      first += squares(episode.latent[7..<31])
      last += squares(episode.latent[33..<45])
    }
    // Relative standard errors √(2/n) of n = 40000, 120000 and 60000 squares; four of them.
    #expect(abs(biases / 40_000 / 0.25 - 1) < 0.0283)
    #expect(abs(first / 120_000 / (9.0 / 4) - 1) < 0.0164)
    #expect(abs(last / 60_000 / (9.0 / 6) - 1) < 0.0231)
  }

  @Test("Centred networks use their classes, others often few of them")
  func balance() {
    func greatestShare(_ centered: Bool) -> Double {
      let family = NetworkClassification {
        $0.centered = centered; $0.function = .relu; $0.exampleCount = 100
      }
      let shares = family.episodes(200, key: key).map { episode in
        (0..<4).map { label in episode.targets.count { Int($0) == label } }.max() ?? 0
      }
      return Double(shares.reduce(0, +)) / 20_000
    }
    // Equal classes would show a greatest share of about 0.30 of 100 examples.
    let (centered, plain) = (greatestShare(true), greatestShare(false))
    #expect(centered < 0.45 && plain > centered + 0.1)
  }

  @Test("More layers than there are is refused")
  func mistakes() {
    let yaml = "{kind: networkClassification, hiddenLayerCount: 2, minimumHiddenLayerCount: 3}"
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() as FamilyConfiguration
    }
    #expect(error?.path == "minimumHiddenLayerCount")
  }

  @Test("The strongest learner is among the learners")
  func oracle() {
    let family = NetworkClassification()
    #expect(family.learners.contains { $0.name == family.oracle.name })
  }
}
