import Baselines
import Episodes
import Foundation
import RandomKeys
import Testing

// Dimension key
//   n  examples of the context      C  classes

@Suite("Gradient-boosted trees")
struct BoostingTests {
  @Test("One stump of a regression is as computed by hand")
  func regressionByHand() throws {
    // Mean 3, derivatives 3, 3, -1, -5. Cut in the middle: 6²/3 + 6²/3 = 24 beats 18.75 and 6.75. A
    // leaf adds 0.1 · 6/3.
    for (query, expected) in [(2.4, 2.8), (2.6, 3.2)] {
      let episode = Episode.regression(
        inputs: [1, 2, 3, 4, Float(query)], targets: [0, 0, 4, 8, 0])
      let prediction = try GradientBoostedTrees(rounds: 1, maximumDepth: 1).last(episode)
      #expect(abs(prediction[0] - expected) < 1e-6)  // single-precision rounding
    }
  }

  @Test("One round of two classes is as computed by hand")
  func classesByHand() throws {
    // Derivatives ±½, second ones 2 · ¼: no part of one example has weight 1, and a leaf of two adds
    // 0.1 · 1/(1 + 1).
    for (query, expected) in [(1.4, 0.05), (2.4, 0.05), (2.6, -0.05)] {
      let episode = Episode.classification(
        inputs: [1, 2, 3, 4, Float(query)], classes: [0, 0, 1, 1, 0], of: 2)
      let scores = try GradientBoostedTrees(rounds: 1).last(episode)
      #expect(abs(scores[0] - expected) < 1e-6 && abs(scores[1] + expected) < 1e-6)
    }
  }

  @Test("A part that weighs too little is not cut off, nor a gain of nothing made")
  func limits() throws {
    let pair = Episode.classification(inputs: [1, 2, 1], classes: [0, 1, 0], of: 2)
    let scores = try GradientBoostedTrees().last(pair)
    #expect(abs(scores[0] - scores[1]) < 1e-6)
    let equal = Episode.regression(inputs: [1, 2, 1], targets: [3, 3, 0])
    #expect(try GradientBoostedTrees().last(equal) == [3])
  }

  @Test("Every context is boosted as by the definition")
  func everyContext() throws {
    let learner = GradientBoostedTrees(rounds: 6, maximumDepth: 3, learningRate: 0.4, l2: 0.7)
    let source = SampledRegression(dimension: 3, exampleCount: 30, noise: 1).episodes(1)[0]
    let rows = (0..<30).map { Array(source.inputs[$0 * 3..<$0 * 3 + 3]) }
    let predictions = try learner.predictions(for: [source])
    let labels = source.targets.map { $0 < -1 ? 0 : $0 < 1 ? 1 : 2 }
    let scores = try learner.predictions(
      for: [.classification(inputs: source.inputs, classes: labels, of: 3)])
    for k in 1..<30 {
      let targets = source.targets.prefix(k).map { Double($0) }
      let regression = Twin(learner: learner, rows: Array(rows[0...k])).boosted(
        start: targets.reduce(0, +) / Double(k), width: 1
      ) { margins, example in [(margins[0] - targets[example], 1)] }
      #expect(abs(Double(predictions[k]) - regression[0]) < 1e-5)  // single-precision rounding
      let classes = Twin(learner: learner, rows: Array(rows[0...k])).boosted(
        start: 0, width: 3
      ) { margins, example in
        let sum = margins.reduce(0) { $0 + exp($1) }
        return margins.enumerated().map { label, margin in
          let p = exp(margin) / sum
          return (p - (label == labels[example] ? 1 : 0), 2 * p * (1 - p))
        }
      }
      for label in 0..<3 { #expect(abs(Double(scores[k * 3 + label]) - classes[label]) < 1e-5) }
    }
  }

  /// Boosting written as its definition reads. The last of the rows is the query.
  private struct Twin {
    let learner: GradientBoostedTrees
    let rows: [[Float]]

    /// The margins of the query, `[C]`.
    func boosted(
      start: Double, width: Int, _ derivatives: ([Double], Int) -> [(Double, Double)]
    ) -> [Double] {
      var margins = rows.map { _ in [Double](repeating: start, count: width) }
      let context = Array(rows.indices.dropLast())
      for _ in 0..<learner.rounds {
        let terms = context.map { derivatives(margins[$0], $0) }
        for column in 0..<width {
          for (row, step) in leaves(
            context, Array(rows.indices), terms.map { $0[column] }, learner.maximumDepth)
          { margins[row][column] += learner.learningRate * step }
        }
      }
      return margins[rows.count - 1]
    }

    /// What the tree gives each of `all` rows, fitted to `context`.
    private func leaves(
      _ context: [Int], _ all: [Int], _ terms: [(Double, Double)], _ depth: Int
    ) -> [(row: Int, value: Double)] {
      func sums(_ part: [Int]) -> (Double, Double) {
        part.reduce((0, 0)) { ($0.0 + terms[$1].0, $0.1 + terms[$1].1) }
      }
      func decrease(_ part: [Int]) -> Double { pow(sums(part).0, 2) / (sums(part).1 + learner.l2) }
      var best = (score: -1.0, feature: -1, threshold: 0.0)
      for feature in rows[0].indices where depth > 0 {
        let values = Set(context.map { Double(rows[$0][feature]) }).sorted()
        for (low, high) in zip(values, values.dropFirst()) {
          let threshold = (low + high) / 2
          let parts = [true, false].map { side in
            context.filter { (Double(rows[$0][feature]) < threshold) == side }
          }
          guard parts.allSatisfy({ sums($0).1 >= 1 }) else { continue }
          let score = decrease(parts[0]) + decrease(parts[1])
          // Equal scores may differ by rounding; the first counts.
          if score > best.score + 1e-10 { best = (score, feature, threshold) }
        }
      }
      guard best.score - decrease(context) > 1e-6 else {
        let (first, second) = sums(context)
        return all.map { ($0, -first / (second + learner.l2)) }
      }
      return [true, false].flatMap { side in
        func part(_ of: [Int]) -> [Int] {
          of.filter { (Double(rows[$0][best.feature]) < best.threshold) == side }
        }
        return leaves(part(context), part(all), terms, depth - 1)
      }
    }
  }
}
