package import Baselines
package import RandomKeys
package import Storage

// Dimension key
//   N  context rows      Q  query rows      F  features of the table      K  classes of the table
//   D  dimension of the model's inputs      C  classes that the model knows

/// Classifies the rows of a table with a model that was trained on other tasks of other dimensions.
///
/// Features are standardised on the context and carried to the model's `D` by a random matrix; the
/// `K` classes take random places among the model's `C`. Each candidate has its own matrix, places
/// and order of the context. The model itself says how well it reads a candidate: the probability
/// it gives to the classes of the context, one row after the other, is the evidence for that view.
/// The members with the most evidence are averaged as probabilities over the classes of the
/// context, all alike: weights by evidence concentrate on one or two of them and were less
/// accurate. No query takes part in the choice.
///
/// Source: the projections and label permutations are those under which such models are trained,
/// Kirsch et al. 2022, <https://arxiv.org/abs/2212.04458>; averaging over permutations is due to
/// TabPFN, Hollmann et al. 2022, <https://arxiv.org/abs/2207.01848>; evidence as a product of
/// predictions is Dawid 1984, <https://doi.org/10.2307/2981683>.
package struct TabularPredictor: Sendable {
  package let learner: any InContextLearner
  /// `D`
  package let inputDimension: Int
  /// `C`
  package let classCount: Int
  /// How many members are averaged.
  package let memberCount: Int
  /// From how many they are chosen.
  package let candidateCount: Int
  /// The most context rows that a member sees; of more, each member sees its own random choice.
  package let contextLimit: Int
  private let key: RandomKey

  /// - Parameters:
  ///   - learner: takes episodes of any length with `inputDimension` inputs and `classCount`
  ///     classes.
  ///   - inputDimension: `D`
  ///   - classCount: `C`
  ///   - memberCount: at least 1.
  ///   - candidateCount: at least `memberCount`. A candidate costs one episode, a member one for
  ///     each query.
  ///   - contextLimit: at least 1; keep it near the lengths that the model was trained on.
  ///   - key: names projections, places and orders.
  package init(
    learner: any InContextLearner, inputDimension: Int, classCount: Int, memberCount: Int = 16,
    candidateCount: Int = 64, contextLimit: Int = 128, key: RandomKey
  ) {
    precondition(
      inputDimension > 0 && classCount > 0 && memberCount > 0 && contextLimit > 0,
      "A predictor has members, inputs, classes and a context.")
    self.learner = learner
    self.inputDimension = inputDimension
    self.classCount = classCount
    self.memberCount = memberCount
    self.candidateCount = max(candidateCount, memberCount)
    self.contextLimit = contextLimit
    self.key = key
  }

  /// The probabilities of the context's classes for each query row.
  ///
  /// - Parameter query: with the columns of the context.
  /// - Throws: ``TableError`` if the context has more classes than the model knows;
  ///   ``EvaluationError`` if a prediction is
  ///   not finite; what the learner throws.
  /// - Complexity: `candidateCount + memberCount · Q` episodes of at most `contextLimit + 1`
  ///   examples; a bounded number of them
  ///   at a time.
  package func probabilities(
    for query: FeatureTable, from context: LabeledTable
  ) throws -> ClassProbabilities {
    precondition(query.columns == context.features.columns, "Query and context share columns.")
    try context.checkClassCount(atMost: classCount)
    let table = StandardizedContext(context)
    let queries = table.inputs(of: query)
    let width = table.classes.count
    var sums = [Double](repeating: 0, count: query.rowCount * width)
    let members = try members(of: table)
    for member in members {
      let logits = try member.episodes(context: table, queries: queries).logits(of: learner)
      for row in 0..<query.rowCount {
        let own = Logits(member.places.map { logits[row * classCount + $0] }).probabilities
        for (index, probability) in own.enumerated() {
          sums[row * width + index] += probability
        }
      }
    }
    return ClassProbabilities(
      classes: table.classes, lines: query.lines,
      values: sums.map { $0 / Double(members.count) })
  }

  /// The candidates with the most evidence.
  private func members(of table: StandardizedContext) throws -> [EnsembleMember] {
    let candidates = (0..<candidateCount).map { index in
      EnsembleMember(
        table: table, inputDimension: inputDimension, classCount: classCount,
        contextLimit: contextLimit, key: key.folded(with: index))
    }
    var ranked: [(member: EnsembleMember, evidence: Double)] = []
    // Any query makes an episode of the shape that queries have; its own prediction is not used.
    let blank = [Float](repeating: 0, count: table.featureCount)
    for start in stride(from: 0, to: candidateCount, by: QueryEpisodes.blockLength) {
      let end = min(start + QueryEpisodes.blockLength, candidateCount)
      let views = candidates[start..<end].map { $0.episodes(context: table, queries: blank) }
      let predictions = try QueryEpisodes.predictions(
        of: learner, for: views.map { $0.episode(query: 0) }, from: start)
      let size = predictions.count / views.count
      for (offset, view) in views.enumerated() {
        let own = predictions[offset * size..<(offset + 1) * size]
        let member = candidates[start + offset]
        ranked.append((member, member.evidence(predictions: own, targets: view.targets)))
      }
    }
    // Sorting is stable: of equal evidence the earlier candidate comes first.
    ranked.sort { $0.evidence > $1.evidence }
    return ranked.prefix(memberCount).map(\.member)
  }
}
