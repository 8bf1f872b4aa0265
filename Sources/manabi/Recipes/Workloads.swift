import Episodes
import MetaTraining
import Models
import Optimizers
import TaskFamilies

extension Recipe {
  /// The reference workloads of `manabi bench`, in ascending order of cost: interleaved linear
  /// regression, learned positions, batch 64, AdamW without clipping.
  static let workloads = [
    workload("d64-t22", dimension: 5, examples: 11, width: 64, layers: 3, heads: 2),
    workload("d64", dimension: 20, examples: 41, width: 64, layers: 3, heads: 2),
    workload("d128", dimension: 20, examples: 41, width: 128, layers: 6, heads: 4),
    workload("d256", dimension: 20, examples: 41, width: 256, layers: 12, heads: 8),
  ]

  private static func workload(
    _ name: String, dimension: Int, examples: Int, width: Int, layers: Int, heads: Int
  ) -> Recipe {
    Recipe(
      name: name, summary: "Width \(width), \(layers) layers, \(2 * examples) tokens.",
      experiment: Experiment(
        family: FamilyConfiguration(
          LinearRegression {
            $0.dimension = dimension; $0.exampleCount = examples
          }),
        format: .interleaved,
        model: .transformer(
          TransformerConfiguration(
            width: width, layers: layers, heads: heads, positions: .learned)),
        optimizer: AdamWConfiguration(
          learningRate: 1e-4, warmupSteps: 0, finalShare: 1, maximumNorm: nil),
        batchSize: 64, steps: 1000))
  }
}
