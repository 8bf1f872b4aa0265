import Baselines
import Evaluation
import Foundation
import RandomKeys
import Storage
import TestSupport
import Testing

@Suite("Fisher's iris")
struct IrisTests {
  private static func iris() throws -> LabeledTable {
    let data = try Data(contentsOf: Repository.root.appending(path: "datasets/iris.csv"))
    return try TableReader([UInt8](data), source: "iris.csv").context(target: "species")
  }

  @Test("The table is Fisher's, also where the widespread copy errs")
  func published() throws {
    let table = try Self.iris()
    #expect(
      table.features.columns == ["sepal_length", "sepal_width", "petal_length", "petal_width"])
    #expect(table.features.rowCount == 150)
    #expect(Array(table.features.row(34)) == [4.9, 3.1, 1.5, 0.2])
    #expect(Array(table.features.row(37)) == [4.9, 3.6, 1.4, 0.1])
    // Fisher 1936, table II: the means of each species in centimetres.
    let means = [
      "setosa": [5.006, 3.428, 1.462, 0.246], "versicolor": [5.936, 2.770, 4.260, 1.326],
      "virginica": [6.588, 2.974, 5.552, 2.026],
    ]
    for (species, expected) in means {
      let rows = table.labels.indices.filter { table.labels[$0] == species }
      #expect(rows.count == 50)
      for feature in 0..<4 {
        let mean = rows.map { table.features.values[$0 * 4 + feature] }.reduce(0, +) / 50
        // The means are printed with three digits, and are exact at that.
        #expect(abs(mean - expected[feature]) < 1e-9)
      }
    }
  }

  @Test("Splits are of the asked size, repeatable, and give the known accuracies")
  func splits() throws {
    let table = try Self.iris()
    let predictor = TabularPredictor(
      learner: NearestNeighbors(3), inputDimension: 16, classCount: 5, memberCount: 8,
      key: RandomKey(seed: 1))
    func evaluate(_ seed: UInt64) throws -> SplitEvaluation {
      try SplitEvaluation(
        table: table, contextRows: 30, splitCount: 4, predictor: predictor,
        key: RandomKey(seed: seed))
    }
    let evaluation = try evaluate(5)
    #expect(evaluation.queryRows == 120)
    #expect(
      evaluation.order == [
        "nearestNeighbors3", "nearestNeighbors1", "logisticRegression", "nearestCentroid",
      ])
    for name in evaluation.order {
      let accuracy = try #require(evaluation.accuracy[name])
      #expect(accuracy.splits.count == 4)
      // Over many splits they lie between 0.86 (centroid) and 0.94; one in three is guessing.
      #expect((0.8...0.99).contains(accuracy.mean), "\(name)")
      #expect(accuracy.standardError > 0)
    }
    #expect(try evaluate(5) == evaluation)
    #expect(try evaluate(6) != evaluation)
  }

  @Test("A split without rows on both sides is refused", arguments: [0, 150, 1000])
  func impossible(contextRows: Int) throws {
    let predictor = TabularPredictor(
      learner: NearestNeighbors(3), inputDimension: 16, classCount: 5, key: RandomKey(seed: 1))
    let table = try Self.iris()
    #expect(throws: EvaluationError.impossibleSplit(rows: 150, contextRows: contextRows)) {
      try SplitEvaluation(
        table: table, contextRows: contextRows, splitCount: 1, predictor: predictor,
        key: RandomKey(seed: 2))
    }
  }
}
