import Configuration
import Episodes
import RandomKeys
import TaskFamilies
import Testing

@Suite("Permutations of labels")
struct LabelPermutationTests {
  private static let base = PrototypeSettings {
    $0.classCount = 3
    $0.exampleCount = 4
  }

  @Test("Inputs are those of the family, and labels those of the family, permuted")
  func labels() throws {
    let family = try LabelPermutation(of: Self.base).makeFamily()
    let base = Self.base.makeFamily()
    for index in 0..<50 {
      let key = RandomKey(seed: 6).folded(with: index)
      let (episode, own) = (family.episode(key), base.episode(key))
      #expect(episode.inputs == own.inputs)
      #expect(episode.latent.prefix(own.latent.count) == own.latent[...])
      let order = Array(episode.latent.suffix(3))
      #expect(order.sorted() == [0, 1, 2])
      #expect(episode.targets == own.targets.map { order[Int($0)] })
    }
  }

  @Test("Shifts within a permutation change what they should")
  func shifted() throws {
    let shift = PermutedOrder(of: Self.base)
    let family = try LabelPermutation(of: shift).makeFamily()
    let (own, key) = (try shift.makeFamily(), RandomKey(seed: 7))
    let (episode, expected) = (family.episode(key), own.episode(key))
    #expect(episode.inputs == expected.inputs)
    let order = Array(episode.latent.suffix(3))
    #expect(episode.targets == expected.targets.map { order[Int($0)] })
  }

  @Test("Permutations are uniform, but for the share that the bias keeps", arguments: [0, 0.6, 1])
  func bias(_ bias: Float) throws {
    let family = try LabelPermutation(of: Self.base) { $0.bias = bias }.makeFamily()
    let taskCount = 6000
    var episode = family.makeEpisode()
    var counts: [[Float]: Int] = [:]
    for index in 0..<taskCount {
      family.drawTask(RandomKey(seed: 8).folded(with: index), into: &episode)
      counts[Array(episode.latent.suffix(3)), default: 0] += 1
    }
    let orders: [[Float]] = [
      [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
    ]
    for order in orders {
      let rest = (1 - Double(bias)) / 6
      let probability = order == [0, 1, 2] ? Double(bias) + rest : rest
      let expected = probability * Double(taskCount)
      // Five standard errors.
      let tolerance = 5 * (expected * (1 - probability)).squareRoot()
      #expect(abs(Double(counts[order, default: 0]) - expected) <= tolerance)
    }
  }

  @Test("Only classes can be permuted")
  func mistakes() {
    for (yaml, path) in [
      ("{kind: labelPermutation, family: {kind: linearRegression}}", "family"),
      ("{kind: labelPermutation, bias: 2, family: {kind: prototypeClassification}}", "bias"),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        _ = try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() as FamilyConfiguration
      }
      #expect(error?.path == path)
    }
  }
}
