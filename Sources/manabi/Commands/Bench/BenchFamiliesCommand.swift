import ArgumentParser
import Baselines
import Dispatch
import Episodes
import RandomKeys
import Reporting
import TaskFamilies

struct BenchFamiliesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "families",
    abstract:
      "Times the drawing of episodes on all cores, and looks for numbers that are not finite.",
    discussion: """
      Ends with code 79 if an input or a target was not finite.

        manabi bench families
        manabi bench families linearRegression --set dimension=20 --set exampleCount=41 --episodes 500000
      """)

  @Argument(help: "Families: names, YAML files or recipes; all kinds if none is given.")
  var families: [String] = []
  @Option(help: "How many episodes of each family.")
  var episodes = 20_000
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of the families, such as dimension=10.")
  var overrides: [String] = []
  @Flag(help: "Look at every number, which takes time too.")
  var check = false
  @Flag(help: "Print JSON.")
  var json = false

  struct Result: Encodable {
    let family: String
    let episodes: Int
    let seconds: Double
    let examplesPerSecond: Double
    /// If they were looked for.
    let nonFiniteEpisodes: Int?
  }

  func validate() throws {
    guard (1...1_000_000_000).contains(episodes) else {
      throw ValidationError("--episodes has to be from 1 to 1000000000.")
    }
  }

  func run() throws {
    var results: [Result] = []
    for name in families.isEmpty ? FamilyKind.allCases.map(\.rawValue) : families {
      let configuration = try FamilyArgument.configuration(name, overrides: overrides)
      results.append(measure(try configuration.makeFamily(), name))
    }
    if json {
      try Output.json(results)
    } else {
      try Output.text(Self.table(results), terminator: "")
    }
    if results.contains(where: { $0.nonFiniteEpisodes ?? 0 > 0 }) {
      throw CommandError.nonFinite("an input or a target of a family above is not finite")
    }
  }

  private func measure(_ family: any TaskFamily, _ name: String) -> Result {
    let chunk = 500
    let key = RandomKey(seed: 0)
    let start = DispatchTime.now().uptimeNanoseconds
    let nonFinite = concurrentMap(count: (episodes + chunk - 1) / chunk) { index in
      var episode = family.makeEpisode()
      var count = 0
      for number in index * chunk..<min((index + 1) * chunk, episodes) {
        family.sample(key.folded(with: number), into: &episode)
        if check, !episode.isFinite { count += 1 }
      }
      return count
    }.reduce(0, +)
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    return Result(
      family: name, episodes: episodes, seconds: seconds,
      examplesPerSecond: Double(episodes * family.episodeShape.exampleCount) / seconds,
      nonFiniteEpisodes: check ? nonFinite : nil)
  }

  private static func table(_ results: [Result]) -> String {
    var table = TextTable(columns: [
      .init("family", .words), .init("episodes", .numbers(digits: 0)),
      .init("seconds", .numbers(digits: 2)),
      .init("million examples/s", .numbers(digits: 2)),
      .init("not finite", .numbers(digits: 0)),
    ])
    for result in results {
      table.append([
        .words(result.family), .number(Double(result.episodes)), .number(result.seconds),
        .number(result.examplesPerSecond * 1e-6),
        result.nonFiniteEpisodes.map { .number(Double($0)) } ?? .absent,
      ])
    }
    return table.rendered()
  }
}

extension Episode {
  /// Whether all inputs and targets are numbers.
  fileprivate var isFinite: Bool { Self.isFinite(inputs.span) && Self.isFinite(targets.span) }

  private static func isFinite(_ numbers: Span<Float>) -> Bool {
    // Zero times what is not finite is not zero; sums are cut into sixteen that grow side by side.
    var sums = InlineArray<16, Float>(repeating: 0)
    let whole = numbers.count / 16 * 16
    for start in stride(from: 0, to: whole, by: 16) {
      for lane in 0..<16 { sums[lane] += 0 * numbers[unchecked: start &+ lane] }
    }
    for index in whole..<numbers.count { sums[0] += 0 * numbers[index] }
    for lane in 0..<16 where sums[lane] != 0 { return false }
    return true
  }
}
