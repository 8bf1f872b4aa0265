#if XLA
  import CPUEngine
  import ComputeGraph
  import Episodes
  import MetaTraining
  import Models
  import RandomKeys
  import Tensors
  import Testing
  import XLAEngine

  /// Forward passes over any number of episodes.
  struct InferenceTests {
    private let engine: XLAEngine

    init() throws { engine = try ProcessorEngine.shared.get() }

    @Test("Predictions agree with those of the engine for processors", arguments: [1, 7, 4000])
    func predictions(count: Int) throws {
      let trainer = try trainer(.paired)
      let tokens = tokens(count, of: trainer)
      let parameters = trainer.initialState.parameters
      let program = trainer.model.inferenceProgram
      let found = try engine.compile(program, parameters: parameters).run(tokens: tokens)
      let expected = try CPUEngine(workers: 2).compile(program, parameters: parameters)
        .run(tokens: tokens)
      try #require(found.count == expected.count)
      let magnitude = expected.map { abs($0) }.max() ?? 0
      // Sums of at most 128 products in single precision, through two layers.
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 * magnitude })
    }

    @Test("Other parameters predict otherwise, and the same ones the same")
    func loading() throws {
      let trainer = try trainer(.paired)
      let tokens = tokens(3, of: trainer)
      let parameters = trainer.initialState.parameters
      let session = try engine.compile(trainer.model.inferenceProgram, parameters: parameters)
      let first = try session.run(tokens: tokens)
      #expect(try session.run(tokens: tokens) == first)
      try session.load(
        parameters.map { Tensor(shape: $0.shape, elements: $0.elements.map { 2 * $0 }) })
      #expect(try session.run(tokens: tokens) != first)
      try session.load(parameters)
      #expect(try session.run(tokens: tokens) == first)
    }

    @Test("No prediction changes with a later token", arguments: SmallExperiment.all)
    func causality(_ small: SmallExperiment) throws {
      guard small.experiment.format != .query else { return }
      let trainer = try trainer(small)
      let layout = trainer.model.layout
      let tokens = tokens(1, of: trainer)
      let session = try engine.compile(
        trainer.model.inferenceProgram, parameters: trainer.initialState.parameters)
      let before = try session.run(tokens: tokens)
      for prediction in 0..<layout.predictionCount {
        let visible = layout.visiblePrefixes[layout.predictionTokens[prediction]]
        let own = layout.predictionTokens[prediction]
        var changed = tokens
        for token in visible..<layout.tokenCount where token != own {
          for feature in 0..<layout.tokenWidth { changed[token * layout.tokenWidth + feature] += 3 }
        }
        let after = try session.run(tokens: changed)
        let range = prediction * layout.targetWidth..<(prediction + 1) * layout.targetWidth
        #expect(after[range] == before[range])
      }
    }

    private func trainer(_ small: SmallExperiment) throws -> MetaTrainer {
      try MetaTrainer(small.experiment, engine: engine)
    }

    /// `[count, T, F]`, of training episodes.
    private func tokens(_ count: Int, of trainer: MetaTrainer) -> [Float] {
      let layout = trainer.model.layout
      var tokens = [Float](repeating: 0, count: count * layout.tokenCount * layout.tokenWidth)
      var targets = [Float](
        repeating: 0, count: count * layout.predictionCount * layout.targetWidth)
      var tokenSpan = tokens.mutableSpan
      var targetSpan = targets.mutableSpan
      trainer.source.makeWriter().write(
        step: 0, episodes: 0..<count, tokens: &tokenSpan, targets: &targetSpan)
      return tokens
    }
  }
#endif
