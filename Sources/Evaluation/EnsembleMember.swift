import Baselines
import Episodes
import RandomKeys

// Dimension key
//   N  context rows      Q  query rows      F  features of the table      K  classes of the table
//   D  dimension of the model's inputs      C  classes that the model knows

/// One way to show a table to a model: a projection, places for its classes, and an order of its
/// context.
struct EnsembleMember {
  private let projection: RandomProjection
  /// `[K]`: which of the model's `C` classes stands for each class of the table.
  let places: [Int]
  /// The context rows that are shown, in the order in which they are shown.
  private let order: [Int]
  private let inputDimension: Int
  private let classCount: Int

  init(
    table: StandardizedContext, inputDimension: Int, classCount: Int, contextLimit: Int,
    key: RandomKey
  ) {
    self.inputDimension = inputDimension
    self.classCount = classCount
    projection = RandomProjection(
      from: table.featureCount, to: inputDimension, key: key.folded(with: 0))
    places = key.folded(with: 1).permutation(classCount).prefix(table.classes.count)
      .map(Int.init)
    order = key.folded(with: 2).permutation(table.labels.count).prefix(contextLimit)
      .map(Int.init)
  }

  /// The context and queries as this member sees them.
  ///
  /// - Parameter queries: standardised, `[Q, F]`
  func episodes(context table: StandardizedContext, queries: [Float]) -> QueryEpisodes {
    QueryEpisodes(
      context: projection.applied(to: table.inputs, rows: order),
      targets: order.map { places[table.labels[$0]] },
      queries: projection.applied(
        to: queries, rows: Array(0..<queries.count / table.featureCount)),
      inputDimension: inputDimension, classCount: classCount)
  }

  /// The log-probability that a learner gives to the classes of the context as it sees one row
  /// after the other.
  ///
  /// - Parameter predictions: `[N + 1, C]`, of the episode of any one query.
  func evidence(predictions: ArraySlice<Float>, targets: [Int]) -> Double {
    targets.enumerated().reduce(0) { sum, example in
      let start = predictions.startIndex + example.offset * classCount
      let logProbabilities = Logits(places.map { predictions[start + $0] }).logProbabilities
      let truth = places.firstIndex(of: example.element) ?? 0
      return sum + logProbabilities[truth]
    }
  }
}
