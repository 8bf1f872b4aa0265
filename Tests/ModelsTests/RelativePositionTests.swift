import CPUEngine
import ComputeGraph
import Episodes
import Foundation
import Models
import RandomKeys
import Tensors
import Testing

/// Attention over distances, against the formula evaluated term by term.
@Suite("Relative positions")
struct RelativePositionTests {
  private static let heads = 2
  private static let width = 8
  private static let shape = EpisodeShape(
    exampleCount: 7, inputDimension: 1, target: .tokens(3))

  private static func model(_ format: PromptFormat, _ shape: EpisodeShape) -> Transformer {
    Transformer(
      TransformerConfiguration(
        width: width, layers: 1, heads: heads, expansion: 0, positions: .relative, biases: false),
      layout: format.layout(for: shape))
  }

  @Test("A two-layer model of width 16 has the published weights, but for what is never read")
  func count() {
    let shape = EpisodeShape(exampleCount: 100, inputDimension: 1, target: .tokens(2))
    let model = Transformer(
      TransformerConfiguration(
        width: 16, layers: 2, heads: 1, expansion: 0, positions: .relative, biases: false),
      layout: PromptFormat.tokens.layout(for: shape))
    // 5440 with a row of 16 in each layer that pads the distances.
    #expect(model.parameters.reduce(0) { $0 + $1.shape.count } == 5440 - 2 * 16)
  }

  @Test("One layer is softmax((q · (k + r)) / √K) · v")
  func formula() throws {
    let model = Self.model(.tokens, Self.shape)
    var parameters = model.initialParameters(RandomKey(seed: 5))
    // Distances that matter as much as contents.
    for index in parameters.indices where parameters[index].name.contains("distances") {
      parameters[index].tensor.elements = RandomKey(seed: 6)
        .normals(parameters[index].tensor.elements.count)
    }
    let episode = RandomSource(layout: model.layout, key: RandomKey(seed: 7)).episode(step: 0, 0)
    let session = try CPUEngine(workers: 1).compile(
      model.inferenceProgram, parameters: parameters.map(\.tensor))
    var tokens = [Float](repeating: 0, count: 7 * 3)
    var targets = tokens
    var tokenSpan = tokens.mutableSpan
    var targetSpan = targets.mutableSpan
    model.layout.write(episode, tokens: &tokenSpan, targets: &targetSpan)
    let found = try session.run(tokens: tokens)
    let weights = Dictionary(
      uniqueKeysWithValues: parameters.map { ($0.name, $0.tensor.elements.map(Double.init)) })
    let expected = RelativeAttentionReference(
      weights: weights, width: Self.width, heads: Self.heads
    ).predictions(tokens: tokens.map(Double.init), tokenWidth: 3)
    #expect(found.count == expected.count)
    // Single precision in sums of some ten numbers of size one.
    for (one, other) in zip(found, expected) { #expect(abs(Double(one) - other) < 1e-5) }
  }
}

/// One layer of attention over distances in double precision, one number after the other.
private struct RelativeAttentionReference {
  let weights: [String: [Double]]
  let width: Int
  let heads: Int

  func predictions(tokens: [Double], tokenWidth: Int) -> [Double] {
    let x = rows(tokens, tokenWidth).map { product($0, "readIn.weight") }
    let normal = x.map { normalized($0, "blocks.0.attentionNorm") }
    let query = normal.map { product($0, "blocks.0.attention.query.weight") }
    let key = normal.map { product($0, "blocks.0.attention.key.weight") }
    let value = normal.map { product($0, "blocks.0.attention.value.weight") }
    let distances = rows(weights["blocks.0.attention.distances.weight"] ?? [], width)
    let size = width / heads
    return x.indices.flatMap { i in
      var mixed = [Double](repeating: 0, count: width)
      for head in 0..<heads {
        let features = head * size..<(head + 1) * size
        let scores = (0...i).map { j in
          features.reduce(0) { sum, f in
            sum + query[i][f] * (key[j][f] + distances[x.count - 1 - (i - j)][f])
          } / Double(size).squareRoot()
        }
        let exponentials = scores.map { exp($0) }
        let total = exponentials.reduce(0, +)
        for f in features {
          mixed[f] = (0...i).reduce(0) { $0 + exponentials[$1] / total * value[$1][f] }
        }
      }
      let out = zip(x[i], product(mixed, "blocks.0.attention.output.weight")).map { $0 + $1 }
      return product(normalized(out, "norm"), "readOut.weight")
    }
  }

  private func rows(_ elements: [Double], _ width: Int) -> [[Double]] {
    stride(from: 0, to: elements.count, by: width).map { Array(elements[$0..<$0 + width]) }
  }

  private func product(_ row: [Double], _ name: String) -> [Double] {
    let matrix = rows(weights[name] ?? [], (weights[name] ?? []).count / row.count)
    return matrix[0].indices.map { column in
      row.indices.reduce(0) { $0 + row[$1] * matrix[$1][column] }
    }
  }

  private func normalized(_ row: [Double], _ name: String) -> [Double] {
    let mean = row.reduce(0, +) / Double(row.count)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
    let (scale, shift) = (weights[name + ".scale"] ?? [], weights[name + ".shift"] ?? [])
    return row.indices.map {
      (row[$0] - mean) / (variance + 1e-5).squareRoot() * scale[$0] + shift[$0]
    }
  }
}
