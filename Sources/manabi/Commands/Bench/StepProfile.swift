import ArgumentParser
import CPUEngine
import MetaTraining

/// Where the time of a training step goes.
struct StepProfile {
  /// The largest part of the time first.
  let measurements: [WorkMeasurement]
  /// Nanoseconds in which workers compute, of a step.
  private let total: Double

  init(_ options: BenchOptions, steps: Int, engine: CPUEngine) throws {
    let trainer = try MetaTrainer(options.experiment, engine: engine)
    let measured = try engine.profile(
      trainer.program(of: 0), from: trainer.initialState, source: trainer.source, steps: steps,
      now: BenchOptions.clock)
    measurements = measured.sorted { Self.time($0) > Self.time($1) }
    total = measured.reduce(0) { $0 + Self.time($1) }
  }

  /// Of the time in which workers compute, to three digits after the point.
  func share(of measurement: WorkMeasurement) -> Double {
    (Self.time(measurement) / total * 1000).rounded() / 1000
  }

  private static func time(_ measurement: WorkMeasurement) -> Double {
    Double(measurement.calls) * measurement.nanoseconds
  }

  static func validate(steps: Int) throws {
    guard (1...10_000).contains(steps) else {
      throw ValidationError("--steps has to be from 1 to 10000.")
    }
  }
}

extension MeasuredWork.Kind {
  /// What people call it.
  var title: String {
    switch self {
    case .forward: "forward"
    case .inputGradient: "input gradient"
    case .weightGradient: "weight gradient"
    case .attentionProduct: "attention product"
    case .layerNorm: "layer norm"
    case .layerNormGradient: "layer norm gradient"
    case .activation: "activation"
    case .activationWithDerivative: "activation with derivative"
    case .attention: "attention"
    case .attentionGradient: "attention gradient"
    case .attentionWeights: "attention weights"
    case .attentionWeightsGradient: "attention weights gradient"
    case .columnSums: "column sums"
    case .sums: "sums"
    case .movement: "movement"
    case .elementwise: "elementwise"
    case .rounding: "rounding"
    case .loss: "loss"
    case .gradientSum: "gradient sum"
    case .sampling: "sampling episodes"
    case .packing: "packing weights"
    case .laneReduction: "sum of lanes"
    case .update: "AdamW"
    }
  }
}
