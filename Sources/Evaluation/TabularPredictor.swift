package import Baselines
package import RandomKeys

// Dimension key
//   N  context rows      Q  query rows      F  features of the table      K  classes of the table
//   D  dimension of the model's inputs      C  classes that the model knows

/// Classifies the rows of a table with a model that was trained on other tasks of other dimensions.
///
/// Features are standardised on the context and carried to the model's `D` by a random matrix with entries
/// `N(0, 1/F)`, so that each of the `D` numbers has variance 1 on the context whatever `F` is; the `K` classes take random places among the model's
/// `C`. Several members, each with its own matrix, places and order of the context, are averaged as probabilities over the
/// classes of the context.
///
/// Source: the projections and label permutations are those under which such models are trained, Kirsch et al. 2022, section 3.1,
/// <https://arxiv.org/abs/2212.04458>; averaging over permutations is due to TabPFN, Hollmann et al. 2022, section 3,
/// <https://arxiv.org/abs/2207.01848>.
package struct TabularPredictor: Sendable {
  package let learner: any InContextLearner
  /// `D`
  package let inputDimension: Int
  /// `C`
  package let classCount: Int
  package let memberCount: Int
  /// The most context rows that a member sees; of more, each member sees its own random choice.
  package let contextLimit: Int
  private let key: RandomKey

  /// - Parameters:
  ///   - learner: takes episodes of any length with `inputDimension` inputs and `classCount` classes.
  ///   - inputDimension: `D`
  ///   - classCount: `C`
  ///   - memberCount: at least 1.
  ///   - contextLimit: at least 1; keep it near the lengths that the model was trained on.
  ///   - key: names projections, places and orders.
  package init(
    learner: any InContextLearner, inputDimension: Int, classCount: Int, memberCount: Int = 16,
    contextLimit: Int = 128, key: RandomKey
  ) {
    precondition(
      inputDimension > 0 && classCount > 0 && memberCount > 0 && contextLimit > 0,
      "A predictor has members, inputs, classes and a context.")
    self.learner = learner
    self.inputDimension = inputDimension
    self.classCount = classCount
    self.memberCount = memberCount
    self.contextLimit = contextLimit
    self.key = key
  }

  /// The probabilities of the context's classes for each query row.
  ///
  /// - Parameter query: with the columns of the context.
  /// - Throws: ``TableError`` if the context has more classes than the model knows; ``EvaluationError`` if a prediction is
  ///   not finite; what the learner throws.
  /// - Complexity: `memberCount · Q` episodes of at most `contextLimit + 1` examples; a bounded number of them at a time.
  package func probabilities(
    for query: FeatureTable, from context: LabeledTable
  ) throws -> ClassProbabilities {
    precondition(query.columns == context.features.columns, "Query and context share columns.")
    try context.checkClassCount(atMost: classCount)
    let standardization = Standardization(context: context.features)
    let inputs = standardization.applied(to: context.features)
    let queries = standardization.applied(to: query)
    let classes = context.classes
    let labels = context.labels.map { label in classes.firstIndex(of: label) ?? 0 }

    var sums = [Double](repeating: 0, count: query.rowCount * classes.count)
    for member in 0..<memberCount {
      let key = key.folded(with: member)
      let projection = RandomProjection(
        from: query.columns.count, to: inputDimension, key: key.folded(with: 0))
      let places = key.folded(with: 1).permutation(classCount).prefix(classes.count).map(Int.init)
      let order = key.folded(with: 2).permutation(labels.count).prefix(contextLimit).map(Int.init)
      let episodes = QueryEpisodes(
        context: projection.applied(to: inputs, rows: order),
        targets: order.map { places[labels[$0]] },
        queries: projection.applied(to: queries, rows: Array(0..<query.rowCount)),
        inputDimension: inputDimension, classCount: classCount)
      let logits = try episodes.logits(of: learner)
      for row in 0..<query.rowCount {
        let probabilities = Logits(places.map { logits[row * classCount + $0] }).probabilities
        for (index, probability) in probabilities.enumerated() {
          sums[row * classes.count + index] += probability
        }
      }
    }
    return ClassProbabilities(
      classes: classes, lines: query.lines, values: sums.map { $0 / Double(memberCount) })
  }
}
