package import ComputeGraph
internal import Configuration
package import Episodes
package import Models
package import Optimizers
package import TaskFamilies

/// Everything that decides what a run computes. The same experiment gives the same bytes, wherever
/// and however it runs.
package struct Experiment: Hashable, Sendable {
  /// The tasks to meta-train on.
  package var family: FamilyConfiguration
  /// The set of tasks that training reads, in order and again from its beginning; nil to draw fresh
  /// ones.
  package var taskSet: TaskSetReference?
  /// How tasks grow in training, if they do; held-out ones have their full size from the start.
  package var curriculum: Curriculum?
  package var format: PromptFormat
  package var model: ModelConfiguration
  /// Of the model's matrix products; everything else is single precision.
  package var precision: Precision
  package var optimizer: AdamWConfiguration
  /// Episodes of a step, a multiple of `laneCount`.
  package var batchSize: Int
  /// How many gradient sums a batch is cut into; they are added in a fixed order, whoever computes
  /// them.
  package var laneCount: Int
  /// Steps of the whole run.
  package var steps: Int
  /// Names initial parameters and every episode.
  package var seed: Int
  package var heldOut: HeldOutSchedule
  /// Steps between checkpoints; the last step always gets one.
  package var checkpointInterval: Int
  package var nonFinite: NonFinitePolicy

  package init(
    family: FamilyConfiguration, taskSet: TaskSetReference? = nil,
    curriculum: Curriculum? = nil, format: PromptFormat = .paired,
    model: ModelConfiguration = .transformer(TransformerConfiguration()),
    precision: Precision = .float32,
    optimizer: AdamWConfiguration = AdamWConfiguration(), batchSize: Int = 64,
    laneCount: Int = 8, steps: Int, seed: Int = 0, heldOut: HeldOutSchedule = HeldOutSchedule(),
    checkpointInterval: Int = 1000, nonFinite: NonFinitePolicy = .halt
  ) {
    self.family = family
    self.taskSet = taskSet
    self.curriculum = curriculum
    self.format = format
    self.model = model
    self.precision = precision
    self.optimizer = optimizer
    self.batchSize = batchSize
    self.laneCount = laneCount
    self.steps = steps
    self.seed = seed
    self.heldOut = heldOut
    self.checkpointInterval = checkpointInterval
    self.nonFinite = nonFinite
  }

  /// The sequence of tokens that the model reads.
  package var layout: PromptLayout { format.layout(for: family.episodeShape) }

  package var sequenceModel: any SequenceModel { model.model(for: layout, precision: precision) }

  /// Useful floating-point operations of a training step.
  package var operationsPerStep: Double {
    Double(batchSize) * sequenceModel.operationsPerEpisode
  }

  /// The tasks to evaluate on: those of ``HeldOutSchedule/family`` if it names some, else fresh
  /// ones of the trained family.
  package var evaluationFamily: FamilyConfiguration { heldOut.family ?? family.unlimited }
}

/// The regular look at tasks that training never shows.
package struct HeldOutSchedule: Hashable, Sendable {
  /// Steps between evaluations; the last step always gets one.
  package var interval: Int
  package var episodeCount: Int
  /// The tasks to evaluate on, if not those of training.
  package var family: FamilyConfiguration?

  package init(
    interval: Int = 500, episodeCount: Int = 512, family: FamilyConfiguration? = nil
  ) {
    self.interval = interval
    self.episodeCount = episodeCount
    self.family = family
  }
}

extension Experiment: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case family, taskSet, curriculum, format, model, precision, optimizer, batchSize, laneCount,
      steps, seed,
      heldOut
    case checkpointInterval, nonFinite
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    family = try values.value(.family)
    taskSet = try values.optional(.taskSet)
    curriculum = try values.optional(.curriculum)
    let target = family.episodeShape.target
    format = try values.value(.format, default: target.isSequence ? .tokens : .paired)
    guard format.suits(target) else {
      throw values.error(.format, Self.reason(format, target))
    }
    model = try values.value(.model, default: .transformer(TransformerConfiguration()))
    guard model.formats.contains(format) else {
      throw values.error(
        .format,
        "a \(model.kind.rawValue) does not read the \(format) format; use "
          + model.formats.map(\.rawValue).joined(separator: ", "))
    }
    precision = try values.value(.precision, default: .float32)
    optimizer = try values.value(.optimizer, default: AdamWConfiguration())
    batchSize = try values.value(.batchSize, default: 64, in: 1...1_048_576)
    laneCount = try values.value(.laneCount, default: 8, in: 1...4096)
    steps = try values.value(.steps, in: 1...1_000_000_000)
    seed = try values.value(.seed, default: 0, in: 0...Int.max)
    heldOut = try values.value(.heldOut, default: HeldOutSchedule())
    checkpointInterval = try values.value(.checkpointInterval, default: 1000, in: 1...1_000_000_000)
    nonFinite = try values.value(.nonFinite, default: .halt)
    guard batchSize % laneCount == 0 else {
      throw values.error(.laneCount, "\(laneCount) does not divide the batch size \(batchSize)")
    }
    if let problem = curriculumProblem { throw values.error(.curriculum, problem) }
    let (trained, held) = (family.episodeShape, evaluationFamily.episodeShape)
    guard trained.inputDimension == held.inputDimension, trained.target == held.target,
      trained.exampleCount == held.exampleCount
    else {
      throw values.error(
        .heldOut, "its family needs the examples, input dimension and classes of the trained one")
    }
  }
}

extension Experiment {
  /// Why the curriculum cannot be followed; nil if it can.
  private var curriculumProblem: String? {
    guard let curriculum else { return nil }
    let shape = family.episodeShape
    if taskSet != nil {
      return "tasks of a set have the size that they have; leave one of both out"
    }
    if let dimension = curriculum.inputDimension {
      if shape.target.isSequence {
        return "inputDimension: symbols have no coordinates to leave out"
      }
      if dimension.first > shape.inputDimension {
        return
          "inputDimension: begins with \(dimension.first), and the family has \(shape.inputDimension)"
      }
    }
    if let count = curriculum.exampleCount {
      if !format.predictsEveryExample {
        return "exampleCount: the format \(format) predicts the last example only"
      }
      let fewest = shape.target.isSequence ? 2 : 1
      if !(fewest...shape.exampleCount).contains(count.first) {
        return
          "exampleCount: begins with \(count.first); expected \(fewest) to \(shape.exampleCount)"
      }
    }
    return nil
  }

  /// Why a format does not suit the targets of a family.
  private static func reason(_ format: PromptFormat, _ target: TargetKind) -> String {
    let suitable = PromptFormat.allCases.filter { $0.suits(target) }.map(\.rawValue)
    return "\(format) does not suit the family, whose episodes are "
      + (target.isSequence ? "sequences of tokens" : "inputs with targets")
      + "; use \(suitable.joined(separator: ", "))"
  }
}

extension HeldOutSchedule: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case interval, episodeCount, family
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    interval = try values.value(.interval, default: 500, in: 1...1_000_000_000)
    episodeCount = try values.value(.episodeCount, default: 512, in: 1...1_000_000)
    family = try values.optional(.family)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(interval, forKey: .interval)
    try values.encode(episodeCount, forKey: .episodeCount)
    try values.encode(family, forKey: .family)
  }
}
