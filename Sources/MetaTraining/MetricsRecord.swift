internal import ComputeGraph

/// A line of a run's log: one training step, a look at held-out tasks, or a return to a checkpoint.
package enum MetricsRecord: Sendable {
  case step(StepRecord)
  case score(ScoreRecord)
  case rollback(RollbackRecord)
}

package struct StepRecord: Codable, Equatable, Sendable {
  /// Steps taken, this one included.
  package let step: Int
  package let loss: Float
  package let gradientNorm: Float
  /// Sixteen hexadecimal digits.
  package let gradientHash: String
  /// True if the step was left out; else absent.
  package let skipped: Bool?
}

/// The held-out tasks after so many steps.
package struct ScoreRecord: Codable, Sendable {
  package let step: Int
  package let heldOut: HeldOutScore
}

/// The run went back to where it was after so many steps, to go on with a smaller learning rate.
package struct RollbackRecord: Codable, Sendable {
  package let step: Int
  package let learningRateScale: Double
  /// The step that was not finite.
  package let nonFiniteStep: Int
}

extension MetricsRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case heldOut, nonFiniteStep
  }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    self =
      if keys.contains(.heldOut) {
        .score(try ScoreRecord(from: decoder))
      } else if keys.contains(.nonFiniteStep) {
        .rollback(try RollbackRecord(from: decoder))
      } else {
        .step(try StepRecord(from: decoder))
      }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .step(let record): try record.encode(to: encoder)
    case .score(let record): try record.encode(to: encoder)
    case .rollback(let record): try record.encode(to: encoder)
    }
  }
}

extension StepRecord {
  /// Whether loss and gradient are the same to the bit; what is not a number counts as the same.
  func agrees(with other: StepRecord) -> Bool {
    gradientHash == other.gradientHash && Self.agree(loss, other.loss)
      && Self.agree(gradientNorm, other.gradientNorm)
  }

  private static func agree(_ a: Float, _ b: Float) -> Bool {
    a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
  }

  /// - Parameters:
  ///   - step: steps taken, this one included.
  ///   - result: of the step.
  init(step: Int, _ result: StepResult) {
    self.init(
      step: step, loss: result.loss, gradientNorm: result.gradientNorm,
      gradientHash: Self.digits(result.gradientHash), skipped: result.isUpdated ? nil : true)
  }

  private static func digits(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
