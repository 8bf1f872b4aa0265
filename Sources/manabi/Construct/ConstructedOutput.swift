import ArgumentParser
import Configuration
import Episodes
import MetaTraining
import Models
import Storage
import TaskFamilies
import Tensors

/// Where weights that were not trained are written.
struct ConstructedOutput: ParsableArguments {
  @Option(help: "The checkpoint to write.")
  var output: String

  /// Writes weights as a checkpoint of no steps.
  ///
  /// - Parameter family: whose tasks the model reads, one query each.
  /// - Throws: `StorageError` if the file cannot be written.
  func write(
    _ weights: LinearAttentionWeights, for family: FamilyConfiguration, seed: Int
  ) throws {
    var settings = LinearSelfAttentionSettings()
    settings.layers = weights.layers.count
    let experiment = Experiment(
      family: family, format: .query, model: .linearSelfAttention(settings), steps: 1, seed: seed)
    let names = experiment.sequenceModel.parameters
    let checkpoint = Checkpoint(
      step: 0, experiment: try ConfigurationDocument.yaml(encoding: experiment),
      seed: UInt64(seed),
      parameters: zip(names, weights.parameters).map {
        NamedTensor(name: $0.name, axes: $0.axes, tensor: $1)
      }, software: SoftwareVersion.text)
    try checkpoint.write(to: output)
    Output.note("Written: \(output)\nLook at it with: manabi identify \(output)")
  }
}

extension TrainedModel {
  /// What the weights amount to.
  ///
  /// - Throws: ``CommandError`` if the model is not linear self-attention with one head.
  var linearAttentionWeights: LinearAttentionWeights {
    get throws {
      guard case .linearSelfAttention(let settings) = experiment.model, settings.heads == 1 else {
        throw CommandError.invalid(
          "\(path): a \(experiment.model.kind.rawValue); only linear self-attention with one head has "
            + "weights that can be written as steps of descent")
      }
      return LinearAttentionWeights(
        LinearSelfAttention(settings, layout: experiment.layout), parameters: parameters)
    }
  }
}
