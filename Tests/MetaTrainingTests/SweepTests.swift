import Configuration
import Foundation
import MetaTraining
import Models
import Optimizers
import Storage
import Testing

@Suite("A sweep")
struct SweepTests {
  private static let text = """
    base:
      family: {kind: linearRegression, dimension: 2, exampleCount: 5}
      model: {width: 16, heads: 2, layers: 1}
      batchSize: 16
      steps: 20
    set: {steps: 4, heldOut.interval: 2}
    grid:
      optimizer.learningRate: [1e-3, 3e-3]
      size:
        - {name: small, set: {model.width: 8}}
        - {name: tall/wide, set: {model.width: 32, model.layers: 2}}
      seed: [5, 7]
    """

  private func decode(_ text: String) throws -> Sweep {
    let file: SweepFile = try ConfigurationDocument(yaml: text, name: "sweep.yaml").decode()
    return try file.sweep("sweep.yaml") { name in
      try ConfigurationDocument(
        yaml: "{family: {kind: linearRegression}, steps: 3}", name: name)
    }
  }

  /// Width and layers.
  private static func size(_ point: SweepPoint) throws -> [Int] {
    guard case .transformer(let configuration) = point.experiment.model else { return [] }
    return [configuration.width, configuration.layers]
  }

  @Test("has a point for each combination, the last axis fastest, with a name and its settings")
  func points() throws {
    let sweep = try decode(Self.text)
    #expect(sweep.points.count == 8)
    let third = sweep.points[3]
    #expect(third.name == "learningRate=1e-3,size=tall-wide,seed=7")
    #expect(third.places == [0, 1, 1])
    #expect(try Self.size(third) == [32, 2])
    #expect(third.experiment.seed == 7 && third.experiment.steps == 4)
    #expect(sweep.points[4].experiment.optimizer.learningRate == 3e-3)
    #expect(try Self.size(sweep.points[4]) == [8, 1])
  }

  @Test("takes a base by its name, and calls axes of one short name by their whole paths")
  func named() throws {
    let sweep = try decode(
      """
      base: some-recipe
      grid:
        family.dimension: [2, 3]
        heldOut.family:
          - name: same
            set: {heldOut.interval: 7}
        model.layers: [1]
        optimizer.epsilon: [1e-8]
        family.inputs: [uniform]
      """)
    #expect(
      sweep.points[1].name
        == "dimension=3,family=same,layers=1,epsilon=1e-8,inputs=uniform")
    #expect(sweep.points[1].experiment.heldOut.interval == 7)
    let alike = try decode(
      "{base: x, grid: {family.noise: [0.5], steps: [9], set.noise: [{name: a, set: {seed: 4}}]}}")
    #expect(alike.points[0].name == "family.noise=0.5,steps=9,set.noise=a")
  }

  @Test(
    "refuses what makes no sense, and says where",
    arguments: [
      ("base: x", "grid"),
      ("{base: x, grid: {seed: []}}", "seed"),
      ("{base: x, grid: {seed: 3}}", "sequence"),
      ("{base: x, grid: {seed: [1, 1]}}", "`seed=1`"),
      ("base: x\ngrid:\n  modle.width: [1]", "sweep.yaml, line 3: unknown key `modle`"),
      ("base: x\ngrid:\n  family.noize: [1]", "did you mean `noise`?"),
      ("base: x\ngrid:\n  model.width: [7]", "at the point width=7"),
      ("base: x\ngrids:\n  seed: [7]", "did you mean `grid`?"),
      ("base: x\ngrid:\n  a: [{set: {seed: 1}}]", "name"),
      ("base: x\ngrid:\n  a: [{name: one, sett: {seed: 1}}]", "did you mean `set`?"),
      ("{base: x, set: {steps.now: 3}, grid: {seed: [1]}}", "has no key `now`"),
    ])
  func refuses(text: String, mention: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try decode(text) }
    let message = "\(try #require(error))"
    #expect(message.contains(mention), "\(message)")
  }

  @Test("has at most ten thousand points")
  func tooMany() throws {
    let values = (0..<101).map(String.init).joined(separator: ", ")
    let error = #expect(throws: ConfigurationError.self) {
      try decode("base: x\ngrid:\n  seed: [\(values)]\n  steps: [\(values)]")
    }
    #expect(error?.message.contains("more than 10000 points") == true)
  }

  @Test("is kept in its directory, which takes the same one again, and more points only if asked")
  func directory() throws {
    let path = FileManager.default.temporaryDirectory.path + "/manabi-sweep-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = SweepDirectory(path)
    let sweep = try decode(Self.text)
    #expect(try directory.stored() == nil)
    try directory.begin(sweep, isExtended: false)
    let stored = try #require(try directory.stored())
    #expect(stored.points.map(\.name) == sweep.points.map(\.name))
    #expect(stored.points.map(\.experiment) == sweep.points.map(\.experiment))
    try directory.begin(sweep, isExtended: false)

    func refusal(_ text: String, isExtended: Bool = false) throws -> String {
      let error = #expect(throws: TrainingError.self) {
        try directory.begin(try decode(text), isExtended: isExtended)
      }
      return "\(try #require(error))"
    }
    let changed = Self.text.replacing("steps: 4", with: "steps: 6")
    #expect(try refusal(changed, isExtended: true).contains("`steps: 6` was asked for"))
    let fewer = Self.text.replacing("[5, 7]", with: "[5]")
    #expect(try refusal(fewer, isExtended: true).contains("seed=7"))
    let more = Self.text.replacing("[5, 7]", with: "[5, 6, 7]")
    #expect(try refusal(more).contains("seed=6"))
    try directory.begin(try decode(more), isExtended: true)
    #expect(try directory.stored()?.points.count == 12)

    let run = TinyRun()
    try run.train(stopAfter: 1)
    #expect(throws: TrainingError.exists(run: run.path)) {
      try SweepDirectory(run.path).begin(sweep, isExtended: false)
    }
  }

  @Test("knows how far each point is, and which run is another's")
  func progress() throws {
    let run = TinyRun()
    let name = "seed=\(run.experiment.seed)"
    let sweep = try Sweep(
      base: ConfigurationDocument(encoding: run.experiment, name: "tiny"),
      axes: [SweepAxis("seed", ["\(run.experiment.seed)"])])
    let directory = SweepDirectory(run.path)
    let point = try #require(sweep.points.first)
    #expect(point.name == name && point.experiment == run.experiment)
    #expect(try directory.progress(of: point) == .begun(step: 0))

    let inside = TinyRun(at: "\(run.path)/\(name)")
    try inside.train(stopAfter: 13)
    #expect(try directory.progress(of: point) == .begun(step: 13))
    try inside.train(resume: true)
    #expect(try directory.progress(of: point) == .finished)

    let other = try Sweep(
      base: ConfigurationDocument(encoding: run.experiment, name: "tiny"),
      axes: [
        SweepAxis("seed", [.init("\(run.experiment.seed)", [SettingChange("steps", .init("30"))])])
      ])
    #expect(throws: TrainingError.self) { try directory.progress(of: other.points[0]) }
  }
}
