import Baselines
import Evaluation
import TaskFamilies

/// What known learners reach on the tasks of one family, in closed form or by simulation.
struct OracleValues {
  /// One number.
  struct Entry {
    let learner: any InContextLearner
    let place: ContextCurves.Place
    let published: Double
  }

  /// What is compared.
  enum Quantity {
    /// Squared error, predicting zero = 1, or accuracy.
    case score
    /// Half the mean squared error.
    case halfSquaredError
    /// Minus the logarithm of the probability of the true class, in nats.
    case loss
  }

  let title: String
  let family: FamilyConfiguration
  let episodes: Int
  let quantity: Quantity
  let entries: [Entry]

  /// The entries as evidence: each has to be within 2 % of the number, or three standard errors.
  func evidence(_ laboratory: Laboratory) throws -> [Evidence] {
    var learners: [any InContextLearner] = []
    for entry in entries where !learners.contains(where: { $0.name == entry.learner.name }) {
      learners.append(entry.learner)
    }
    let curves = try laboratory.curves(of: learners, on: family, episodes: episodes)
    return entries.map { entry in
      let value = value(curves, entry)
      // The interval covers 90 %: 1.645 standard errors to each side.
      let deviation = (value.high - value.low) / 2 / 1.645
      return Evidence(
        "\(title): \(entry.learner.name) \(Self.words(entry.place))", published: entry.published,
        value, .within(max(0.02 * abs(entry.published), 3 * deviation), of: entry.published))
    }
  }

  private func value(
    _ curves: ContextCurves, _ entry: Entry
  ) -> Estimate {
    let name = entry.learner.name
    return switch quantity {
    case .score: curves.value(of: name, entry.place)
    case .halfSquaredError:
      curves.value(of: name, entry.place, scale: (curves.targetMeanSquare ?? 1) / 2)
    case .loss: curves.logProbability(of: name, entry.place, scale: -1)
    }
  }

  private static func words(_ place: ContextCurves.Place) -> String {
    switch place {
    case .after(let count): "after \(count) examples"
    case .last: "at the last example"
    case .mean: "over all context lengths"
    }
  }
}
