import Configuration
import Episodes
import MetaTraining
import Optimizers
import TaskFamilies
import Testing

@Suite("An experiment")
struct ExperimentTests {
  private static let smallest = """
    family: {kind: linearRegression, dimension: 3}
    steps: 10
    """

  private func decode(_ yaml: String) throws -> Experiment {
    try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode()
  }

  @Test("takes defaults for what the text leaves out, and its full text says the same again")
  func roundTrip() throws {
    let experiment = try decode(Self.smallest)
    #expect(experiment.batchSize == 64)
    #expect(experiment.format == .paired)
    #expect(experiment.layout.tokenWidth == 5)
    let text = try ConfigurationDocument.yaml(encoding: experiment)
    #expect(text.contains("learningRate"))
    #expect(try decode(text) == experiment)
  }

  @Test(
    "refuses what makes no sense, and says where",
    arguments: [
      ("steps: 10", "family"),
      (smallest + "\nbatchSize: 10\nlaneCount: 4", "laneCount"),
      (smallest + "\nmodel: {width: 10, heads: 4}", "model.heads"),
      (smallest + "\noptimizer: {learningRate: -1}", "optimizer.learningRate"),
      (smallest + "\noptimizr: {}", "optimizr"),
      (smallest + "\nformat: tokens", "format"),
      (smallest + "\nheldOut: {family: {kind: linearRegression, dimension: 4}}", "heldOut"),
    ])
  func refuses(yaml: String, path: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try decode(yaml) }
    #expect("\(try #require(error))".contains(path))
  }

  @Test(
    "clips gradients at a norm of 1 unless the text says otherwise",
    arguments: [
      ("", 1), ("optimizer: {learningRate: 0.01}", 1), ("optimizer: {maximumNorm: 2}", 2),
      ("optimizer: {maximumNorm: null}", nil),
    ] as [(String, Float?)])
  func clipping(yaml: String, norm: Float?) throws {
    let experiment = try decode(Self.smallest + "\n" + yaml)
    #expect(experiment.optimizer.maximumNorm == norm)
    let text = try ConfigurationDocument.yaml(encoding: experiment)
    #expect(try decode(text) == experiment)
  }

  @Test("reads sequences of tokens in their own format, and in no other")
  func tokens() throws {
    let sequences = "family: {kind: markovChains}\nsteps: 10"
    #expect(try decode(sequences).format == .tokens)
    for format in ["paired", "interleaved", "shifted"] {
      let error = #expect(throws: ConfigurationError.self) {
        try decode(sequences + "\nformat: " + format)
      }
      #expect(error?.path == "format" && error?.message.contains("use tokens") == true)
    }
  }

  @Test("evaluates a pool of tasks on tasks outside the pool")
  func unseen() throws {
    let experiment = try decode(
      "family: {kind: pool, taskCount: 4, family: {kind: linearRegression, dimension: 3}}\nsteps: 10"
    )
    #expect(experiment.evaluationFamily != experiment.family)
    #expect(experiment.evaluationFamily == experiment.family.unlimited)
  }
}
