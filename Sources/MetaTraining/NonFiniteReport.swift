package import ComputeGraph
internal import Episodes
internal import Models
internal import RandomKeys

/// What is known of a step that was not finite, for a file beside the checkpoints.
///
/// `manabi replay` computes the step again and finds the same.
package struct NonFiniteReport: Codable, Equatable, Sendable {
  package struct Lane: Codable, Equatable, Sendable {
    package let lane: Int
    package let loss: Float
    package let gradient: StepDiagnosis.Statistics
    package let episodes: [Episode]
  }

  package struct Episode: Codable, Equatable, Sendable {
    /// Within the batch.
    package let number: Int
    /// The two words of the key that names its draws; absent if it is read from a task set.
    package let key: [UInt64]?
    package let tokens: StepDiagnosis.Statistics
    package let targets: StepDiagnosis.Statistics
  }

  package struct Parameter: Codable, Equatable, Sendable {
    package let name: String
    /// Absent if the gradient was finite, and only the update was not.
    package let gradient: StepDiagnosis.Statistics?
    package let value: StepDiagnosis.Statistics
  }

  /// Steps taken, this one included.
  package let step: Int
  package let loss: Float
  package let gradientNorm: Float
  package let gradientHash: String
  package let learningRateScale: Double
  /// The lanes whose loss or gradient is not finite.
  package let lanes: [Lane]
  package let parameters: [Parameter]

  package var summary: String {
    let broken = parameters.filter { $0.value.nonFinite > 0 }.map(\.name)
    if loss.isFinite, gradientNorm.isFinite {
      return "its update made \(broken.first ?? "the optimiser's memory") overflow"
    }
    let place = lanes.first.map { " in lane \($0.lane)" } ?? ""
    return "loss \(loss), gradient norm \(gradientNorm)\(place)"
  }
}

extension NonFiniteReport {
  /// As the log would say it.
  var record: StepRecord {
    StepRecord(
      step: step, loss: loss, gradientNorm: gradientNorm, gradientHash: gradientHash,
      skipped: nil)
  }
}

extension MetaTrainer {
  /// Looks at a step that was just taken, and that was not finite.
  ///
  /// - Parameters:
  ///   - step: its number, from zero.
  ///   - result: what it returned.
  ///   - session: that took it.
  ///   - scale: of the learning rate.
  package func report(
    _ step: Int, _ result: StepResult, _ session: any TrainingSession,
    learningRateScale scale: Double
  ) throws -> NonFiniteReport {
    let diagnosis = try session.diagnose(step, result)
    try source.prepare(step)
    let record = StepRecord(step: step + 1, result)
    let lanes = diagnosis.lanes.enumerated().filter {
      !$1.loss.isFinite || $1.gradient.nonFinite > 0
    }
    let gradients = diagnosis.gradients.map(Optional.some)
    return NonFiniteReport(
      step: record.step, loss: record.loss, gradientNorm: record.gradientNorm,
      gradientHash: record.gradientHash, learningRateScale: scale,
      lanes: lanes.map { number, lane in
        NonFiniteReport.Lane(
          lane: number, loss: lane.loss, gradient: lane.gradient,
          episodes: lane.episodes.map { episode($0, step: step) })
      },
      parameters: model.parameters.indices.map { index in
        NonFiniteReport.Parameter(
          name: model.parameters[index].name,
          gradient: gradients.isEmpty ? nil : gradients[index],
          value: diagnosis.parameters[index])
      })
  }

  /// Makes an episode of a step once more and looks at its numbers.
  private func episode(_ number: Int, step: Int) -> NonFiniteReport.Episode {
    let layout = model.layout
    var tokens = [Float](repeating: 0, count: layout.tokenCount * layout.tokenWidth)
    var targets = [Float](repeating: 0, count: layout.predictionCount * layout.targetWidth)
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    source.makeWriter().write(
      step: step, episodes: number..<number + 1, tokens: &tokenSpan, targets: &targetSpan)
    let key = (source as? EpisodeSource)?.key.folded(with: step).folded(with: number)
    return NonFiniteReport.Episode(
      number: number, key: key?.words, tokens: StepDiagnosis.Statistics(of: tokens),
      targets: StepDiagnosis.Statistics(of: targets))
  }
}
