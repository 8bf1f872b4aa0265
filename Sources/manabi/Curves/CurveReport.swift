import Episodes
import Evaluation
import MetaTraining
import Reporting

/// Context curves as a table and as a chart.
struct CurveReport {
  let evaluation: CurveEvaluation
  private var curves: ContextCurves { evaluation.curves }

  init(_ evaluation: CurveEvaluation) { self.evaluation = evaluation }

  private var isAccuracy: Bool { curves.metric == .accuracy }

  /// What stands in the context.
  var examples: String { evaluation.tasks.shape.target.isSequence ? "tokens" : "examples" }

  /// The longest context that every model was trained on.
  private var trainedLength: Int {
    let lengths = evaluation.checkpoints.map { $0.experiment.layout.shape.exampleCount - 1 }
    return lengths.min() ?? 0
  }

  /// A row for each context length, a column for each learner; the other way round if there are
  /// many learners, with the lengths that have room.
  var table: TextTable {
    curves.order.count + evaluation.spreads.count > 8
      ? transposed : table(at: curves.contextLengths)
  }

  /// The curves of all learners and groups, in the order of the table.
  private var means: [(name: String, values: [Double])] {
    curves.order.compactMap { name in curves.learners[name].map { (name, $0.mean) } }
      + evaluation.spreads.map { ($0.name, $0.mean) }
  }

  /// A row for each of some context lengths.
  func table(at lengths: [Int]) -> TextTable {
    let title = isAccuracy ? "accuracy after" : "error after"
    let means = means
    var table = TextTable(
      columns: [.init(title, .numbers(digits: 0))]
        + means.map { .init($0.name, .numbers(digits: 3)) })
    for length in lengths where curves.contextLengths.indices.contains(length) {
      table.append([.number(Double(length))] + means.map { .number($0.values[length]) })
    }
    return table
  }

  private var transposed: TextTable {
    let lengths = Self.someLengths(upTo: curves.contextLengths.count - 1)
    var table = TextTable(
      columns: [.init(isAccuracy ? "accuracy after" : "error after", .words)]
        + lengths.map { .init("\($0)", .numbers(digits: 3)) })
    for mean in means {
      table.append([.words(mean.name)] + lengths.map { .number(mean.values[$0]) })
    }
    return table
  }

  /// Zero, one, and about twice as many from one to the next, with the last.
  static func someLengths(upTo last: Int) -> [Int] {
    let doubling = sequence(first: 1) { 2 * $0 }.prefix { 3 * $0 < 2 * last }
    return Array(Set([0] + doubling + [last])).sorted()
  }

  /// Every learner at the longest context, with its interval.
  var lastTable: TextTable {
    var table = TextTable(
      columns: [
        .init("learner", .words), .init(isAccuracy ? "accuracy" : "error", .numbers(digits: 4)),
        .init("from", .numbers(digits: 4)), .init("to", .numbers(digits: 4)),
      ])
    for name in curves.order {
      guard let curve = curves.learners[name], let last = curve.mean.indices.last else { continue }
      table.append(
        [.words(name)] + [curve.mean, curve.low, curve.high].map { .number($0[last]) })
    }
    return table
  }

  /// Groups of seeds at the longest context.
  var spreadTable: TextTable {
    var table = TextTable(
      columns: [
        .init("group", .words), .init("mean", .numbers(digits: 4)),
        .init("standard deviation", .numbers(digits: 4)), .init("least", .numbers(digits: 4)),
        .init("greatest", .numbers(digits: 4)), .init("checkpoints", .words),
      ])
    for spread in evaluation.spreads {
      guard let last = spread.mean.indices.last else { continue }
      let numbers = [spread.mean, spread.standardDeviation, spread.least, spread.greatest]
      table.append(
        [.words(spread.name)] + numbers.map { .number($0[last]) }
          + [.words(spread.members.joined(separator: ", "))])
    }
    return table
  }

  var chart: LineChart {
    let positions = curves.contextLengths.map(Double.init)
    let names = Set(evaluation.checkpoints.map(\.name))
    let hasSpreads = !evaluation.spreads.isEmpty
    let lines = curves.order.compactMap { name in
      curves.learners[name].map { curve in
        LineChart.Series(
          name: name, positions: positions, values: curve.mean,
          // Of many seeds the spread is the interval that counts.
          band: hasSpreads && names.contains(name) ? nil : .init(low: curve.low, high: curve.high),
          isEmphasized: names.contains(name) && !hasSpreads && names.count < 4)
      }
    }
    let groups = evaluation.spreads.map { spread in
      LineChart.Series(
        name: spread.name, positions: positions, values: spread.mean,
        band: .init(low: spread.least, high: spread.greatest), isEmphasized: true)
    }
    let isLonger = trainedLength < curves.contextLengths.count - 1
    return LineChart(
      title: "What the model learns from its context",
      subtitle:
        "\(evaluation.tasks.name), \(stepPhrase)\(curves.episodes) unseen tasks",
      horizontalLabel: "\(examples) in the context",
      verticalLabel: isAccuracy ? "accuracy" : "squared error, zero predictor = 1",
      verticalScale: isAccuracy ? .linear : .logarithmic(floor: floor), series: lines + groups,
      markers: isLonger ? [.init(Double(trainedLength), "longest context of training")] : [])
  }

  /// The steps that were trained, if all agree.
  private var stepPhrase: String {
    let steps = Set(evaluation.checkpoints.map(\.step))
    return steps.count == 1 ? steps.map { "step \($0), " }.joined() : ""
  }

  /// The power of ten below the best that a model reaches, from 10⁻⁶ to 10⁻³.
  private var floor: Double {
    let least = evaluation.checkpoints.compactMap { curves.learners[$0.name]?.mean.min() }.min()
    return [1e-3, 1e-4, 1e-5].first { $0 <= least ?? 1 } ?? 1e-6
  }
}
