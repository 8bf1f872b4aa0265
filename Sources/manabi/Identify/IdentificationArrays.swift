import Evaluation
import Storage

// Dimension key
//   M  models, each on some tasks      L  candidates      K  context lengths
//   P  context lengths at which sensitivities are compared      A  algorithms of the blend

/// The numbers of an identification on named axes; what a model or a candidate lacks is no number.
struct IdentificationArrays {
  private let rows: [(model: IdentifiedModel, result: Identification)]
  private let candidates: ReportAxis
  private let lengths: ReportAxis
  private let model: ReportAxis

  init(_ models: [IdentifiedModel]) {
    rows = models.flatMap { model in model.tasks.map { (model, $0) } }
    model = ReportAxis(
      "model", .labels(rows.map { "\($0.model.checkpoint), \($0.result.tasks)" }),
      meaning: "checkpoint, and the tasks on which it was asked")
    candidates = ReportAxis(
      "candidate", .labels(Self.distinct(rows.flatMap { $0.result.candidates.map(\.name) })),
      meaning: "known learner")
    lengths = ReportAxis(
      "context_length", .counts(Self.distinct(rows.flatMap(\.result.contextLengths)).sorted()),
      meaning: "examples before the prediction")
  }

  var all: [ReportArray] {
    general + differences + sensitivities + blend
  }

  private var general: [ReportArray] {
    [
      ReportArray(
        "step", axes: [model], rows.map { Double($0.model.step) }, meaning: "steps of training"),
      ReportArray(
        "candidate_difference", axes: [model, candidates, others],
        rows.flatMap { row in matrix(row.result) },
        meaning: "squared prediction difference between candidates, mean squared target = 1"),
    ]
      + estimates(
        "model_mean_square", "mean square of the model's predictions, mean squared target = 1",
        axes: [model]
      ) { rows in rows.map { $0.result.modelMeanSquare } }
      + estimates(
        "memorizing_weight", "weight of memorising against generalising", axes: [model]
      ) { rows in rows.map { $0.result.odds?.weight } }
      + estimates(
        "linearity", "share of predictions for fresh queries that a linear function explains",
        axes: [model]
      ) { rows in rows.map { $0.result.linearity?.explained } }
  }

  private var differences: [ReportArray] {
    estimates(
      "squared_prediction_difference", "between model and candidate, mean squared target = 1",
      axes: [model, candidates, lengths]
    ) { rows in
      rows.flatMap { row in
        names.flatMap { name in
          counts.map { length in
            guard let candidate = row.result.candidates.first(where: { $0.name == name }),
              let place = row.result.contextLengths.firstIndex(of: length)
            else { return nil }
            return candidate.difference.estimate(place)
          }
        }
      }
    }
      + perCandidate("unexplained", "share of the model's mean square that a candidate leaves") {
        $0.unexplained
      }
      + perCandidate("class_agreement", "how often the likeliest class is the same") {
        $0.agreement
      }
      + perCandidate("absolute_prediction_difference", "mean, in units of the target") {
        $0.predictionDifference
      }
  }

  private var sensitivities: [ReportArray] {
    perCandidate("sensitivity_cosine", "mean cosine of the gradients by the query") {
      $0.sensitivity?.cosine
    }
      + perCandidate("sensitivity_distance", "mean distance of the gradients by the query") {
        $0.sensitivity?.distance
      }
      + perCandidate(
        "weight_difference", "squared distance of implicit weights over the dimension"
      ) { $0.weightDifference?.mean }
  }

  private var blend: [ReportArray] {
    let names = Self.distinct(
      rows.flatMap { $0.result.blend.members.map(\.algorithm) })
    let algorithms = ReportAxis("algorithm", .labels(names), meaning: "algorithm of the blend")
    return estimates("blend_weight", "weight in the nearest blend", axes: [model, algorithms]) {
      rows in
      rows.flatMap { row in
        names.map { name in row.result.blend.members.first { $0.algorithm == name }?.weight }
      }
    }
      + estimates(
        "blend_unexplained", "share of the model's mean square that the blend leaves",
        axes: [model]
      ) { rows in rows.map { $0.result.blend.unexplained } }
  }

  // MARK: Making arrays

  private typealias Rows = [(model: IdentifiedModel, result: Identification)]

  private var names: [String] {
    if case .labels(let names) = candidates.coordinates { names } else { [] }
  }

  private var counts: [Int] {
    if case .counts(let counts) = lengths.coordinates { counts } else { [] }
  }

  private var others: ReportAxis {
    ReportAxis("other_candidate", candidates.coordinates, meaning: "known learner")
  }

  private func perCandidate(
    _ name: String, _ meaning: String, _ estimate: (CandidateComparison) -> Estimate?
  ) -> [ReportArray] {
    estimates(name, meaning, axes: [model, candidates]) { rows in
      rows.flatMap { row in
        names.map { name in
          row.result.candidates.first { $0.name == name }.flatMap(estimate)
        }
      }
    }
  }

  /// Three arrays: values and both ends of their intervals; none where nothing was measured.
  private func estimates(
    _ name: String, _ meaning: String, axes: [ReportAxis], _ make: (Rows) -> [Estimate?]
  ) -> [ReportArray] {
    let found = make(rows)
    guard found.contains(where: { $0 != nil }) else { return [] }
    let parts: [(ending: String, words: String, part: (Estimate) -> Double)] = [
      ("", "", \.value), ("_low", ", lower end of the interval", \.low),
      ("_high", ", upper end of the interval", \.high),
    ]
    return parts.map { part in
      ReportArray(
        name + part.ending, axes: axes, found.map { $0.map(part.part) ?? .nan },
        meaning: meaning + part.words)
    }
  }

  /// `[L, L]`, of all candidates of the report.
  private func matrix(_ result: Identification) -> [Double] {
    let places = names.map { name in result.candidates.firstIndex { $0.name == name } }
    return places.flatMap { row in
      places.map { column in
        guard let row, let column else { return .nan }
        return result.candidateDifferences[row][column]
      }
    }
  }

  private static func distinct<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
