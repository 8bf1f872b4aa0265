import CPUEngine
import ComputeGraph
import Configuration
import Episodes
import MetaTraining
import Models
import RandomKeys
import TaskFamilies
import Testing

@Suite("A curriculum")
struct CurriculumTests {
  private static let shape = EpisodeShape(exampleCount: 41, inputDimension: 20, target: .real)
  private static let published = Curriculum(
    interval: 2000, inputDimension: .init(from: 5, by: 1), exampleCount: .init(from: 11, by: 2))

  @Test(
    "grows from stage to stage, up to the family's size",
    arguments: [
      (0, 5, 11), (1999, 5, 11), (2000, 6, 13), (10_500, 10, 21), (29_999, 19, 39),
      (30_000, 20, 41),
      (500_000, 20, 41), (Int.max, 20, 41),
    ])
  func stages(step: Int, dimension: Int, count: Int) {
    let stage = Self.published.stage(of: step, Self.shape)
    #expect(stage.activeDimension == dimension)
    #expect(stage.exampleCount == count)
  }

  @Test("leaves coordinates out of the inputs, and so out of the targets")
  func activeCoordinates() throws {
    let family = LinearRegression {
      $0.dimension = 4; $0.exampleCount = 6
    }.makeFamily()
    let key = RandomKey(seed: 1)
    let whole = family.episode(key)
    var part = family.makeEpisode()
    family.sample(key, activeDimension: 3, into: &part)
    let weights = try #require(family.weights)
    for example in 0..<6 {
      let (inputs, all) = (part.inputs[example * 4..<example * 4 + 4], whole.inputs)
      #expect(Array(inputs) == Array(all[example * 4..<example * 4 + 3]) + [0])
      let expected = zip(inputs, part.latent[weights]).reduce(0) {
        $0 + Double($1.0) * Double($1.1)
      }
      // Single precision, in a sum of three numbers of size one.
      #expect(abs(expected - Double(part.targets[example])) < 1e-5)
    }
  }

  @Test(
    "does not see the examples behind those that count",
    arguments: [PromptFormat.paired, .interleaved])
  func length(format: PromptFormat) throws {
    let run = TinyRun(steps: 10)
    run.experiment.format = format
    run.experiment.curriculum = Curriculum(
      interval: 100, exampleCount: .init(from: 3, by: 1))
    let trainer = try MetaTrainer(run.experiment, engine: CPUEngine(workers: 1))
    let source = LateChange(source: trainer.source, layout: trainer.model.layout, kept: 3)
    let engine = try CPUEngine(workers: 1)
    let (own, other) = (
      try engine.compile(
        trainer.program(of: 0), from: trainer.initialState, source: trainer.source),
      try engine.compile(trainer.program(of: 0), from: trainer.initialState, source: source)
    )
    for step in 0..<3 {
      let (first, second) = (try trainer.step(step, own), try trainer.step(step, other))
      #expect(first.loss == second.loss)
    }
    let (state, expected) = (try own.state, try other.state)
    #expect(state.parameters == expected.parameters)
    // Where all count, the change is felt.
    let late = trainer.program(of: 500)
    let whole = try engine.compile(late, from: trainer.initialState, source: trainer.source)
    let changed = try engine.compile(late, from: trainer.initialState, source: source)
    #expect(try trainer.step(0, whole).loss != trainer.step(0, changed).loss)
  }

  private func run() -> TinyRun {
    let run = TinyRun()
    run.experiment.curriculum = Curriculum(
      interval: 7, inputDimension: .init(from: 1, by: 1), exampleCount: .init(from: 2, by: 2))
    return run
  }

  @Test(
    "gives the same bytes after a stop in any stage, for any number of workers",
    arguments: [6, 7, 8, 15])
  func resume(stop: Int) throws {
    let (straight, interrupted) = (run(), run())
    try straight.train()
    try interrupted.train(stopAfter: stop)
    try interrupted.train(workers: 1, resume: true)
    let (expected, actual) = (try straight.files(), try interrupted.files())
    for (name, data) in expected { #expect(actual[name] == data, "\(name)") }
  }

  @Test("is replayed", arguments: [7, 8, 22])
  func replay(step: Int) throws {
    let run = run()
    try run.train()
    #expect(try Replay(step, of: run.directory, engine: CPUEngine(workers: 2)).isEqual)
  }

  @Test(
    "is refused where it cannot be followed",
    arguments: [
      (
        "family: {kind: linearRegression}\ncurriculum: {interval: 5, inputDimension: {first: 50, growth: 1}}",
        "50"
      ),
      (
        "family: {kind: linearRegression}\ncurriculum: {interval: 5, exampleCount: {first: 500, growth: 1}}",
        "500"
      ),
      (
        "family: {kind: linearRegression}\ncurriculum: {exampleCount: {first: 5, growth: 1}}",
        "interval"
      ),
      (
        "family: {kind: markovChains}\ncurriculum: {interval: 5, inputDimension: {first: 1, growth: 1}}",
        "symbols"
      ),
      (
        "family: {kind: linearRegression}\nformat: query\nmodel: {kind: linearSelfAttention}\ncurriculum: {interval: 5, exampleCount: {first: 2, growth: 1}}",
        "query"
      ),
    ])
  func refused(yaml: String, word: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      let _: Experiment = try ConfigurationDocument(yaml: "steps: 10\n" + yaml, name: "test.yaml")
        .decode()
    }
    #expect("\(try #require(error))".contains(word))
  }
}

/// The batches of another source with other examples behind the first ones.
private struct LateChange: BatchSource {
  let source: any BatchSource
  let layout: PromptLayout
  /// So many examples stay as they are.
  let kept: Int

  func makeWriter() -> any BatchWriter { Writer(change: self, writer: source.makeWriter()) }

  private final class Writer: BatchWriter {
    private let change: LateChange
    private let writer: any BatchWriter

    init(change: LateChange, writer: any BatchWriter) {
      self.change = change
      self.writer = writer
    }

    func write(
      step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
      targets: inout MutableSpan<Float>
    ) {
      writer.write(step: step, episodes: episodes, tokens: &tokens, targets: &targets)
      let layout = change.layout
      let (width, count) = (layout.tokenWidth, layout.predictionCount)
      let first = layout.predictionTokens[change.kept]
      for episode in 0..<episodes.count {
        for place in first * width..<layout.tokenCount * width {
          tokens[episode * layout.tokenCount * width + place] += 1
        }
        for place in change.kept..<count { targets[episode * count + place] -= 3 }
      }
    }
  }
}
