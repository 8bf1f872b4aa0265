#if XLA
  import ComputeGraph
  import Episodes
  import MetaTraining
  import Models
  import Optimizers
  import TaskFamilies

  /// Experiments whose steps take milliseconds, one for each prompt format and each kind of target.
  struct SmallExperiment: Sendable, CustomStringConvertible {
    let description: String
    let experiment: Experiment

    private init(
      _ description: String, _ family: FamilyConfiguration, _ format: PromptFormat,
      _ model: ModelConfiguration = .transformer(
        TransformerConfiguration(width: 32, layers: 2, heads: 2)),
      _ precision: Precision = .float32
    ) {
      self.description = description
      experiment = Experiment(
        family: family, format: format, model: model, precision: precision,
        optimizer: AdamWConfiguration(learningRate: 1e-2, warmupSteps: 5), batchSize: 24,
        laneCount: 6, steps: 20, seed: 3,
        heldOut: HeldOutSchedule(interval: 10, episodeCount: 40), checkpointInterval: 10)
    }

    private static let regression = FamilyConfiguration(
      LinearRegression {
        $0.dimension = 3; $0.exampleCount = 6
      })
    private static let classes = FamilyConfiguration(
      GaussianMixture {
        $0.classCount = 3; $0.dimension = 4; $0.exampleCount = 8
      })
    private static let chains = FamilyConfiguration(MarkovChains { $0.exampleCount = 12 })
    private static let positioned = ModelConfiguration.transformer(
      TransformerConfiguration(width: 32, layers: 2, heads: 4, positions: .learned))

    static let paired = SmallExperiment("paired", regression, .paired)

    static let all = [
      paired,
      SmallExperiment("paired classes", classes, .paired),
      SmallExperiment("interleaved", regression, .interleaved, positioned),
      SmallExperiment("interleaved classes", classes, .interleaved, positioned),
      SmallExperiment("query", regression, .query),
      SmallExperiment("shifted", classes, .shifted, positioned),
      SmallExperiment("tokens", chains, .tokens, positioned),
      SmallExperiment(
        "linear attention", regression, .query,
        .linearSelfAttention(LinearSelfAttentionSettings())),
      SmallExperiment(
        "shared layers of rectifiers", regression, .paired,
        .transformer(
          TransformerConfiguration(
            width: 32, layers: 2, heads: 2, activation: .relu, attention: .linear,
            sharesLayers: true))),
    ]

    static let rounded = SmallExperiment(
      "rounded", regression, .paired,
      .transformer(TransformerConfiguration(width: 64, layers: 2, heads: 2)), .bfloat16)
  }
#endif
