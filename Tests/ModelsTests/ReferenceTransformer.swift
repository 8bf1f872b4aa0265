import ComputeGraph
import Episodes
import Foundation
import Models
import Tensors

// Dimension key
//   T  tokens of an episode      H  heads      d  width of the residual stream

/// The forward pass of a Transformer in double precision, one number after the other and with nothing
/// left out.
///
/// Of one that has no positions or relative ones, no gelu, and softmax.
struct ReferenceTransformer {
  /// What one layer computes for every token.
  struct Layer {
    /// `[T][H][T]`
    var weights: [[[Double]]] = []
    /// What the heads gather, side by side, `[T][d]`.
    var heads: [[Double]] = []
    /// `[T][d]`
    var feedForward: [[Double]] = []
  }

  private let configuration: TransformerConfiguration
  private let layout: PromptLayout
  private let parameters: [String: [Double]]
  /// `[layers + 1][T][d]`
  private(set) var streams: [[[Double]]] = []
  private(set) var layers: [Layer] = []
  /// One for each token, `[T][C]`.
  private(set) var outputs: [[Double]] = []

  /// - Parameters:
  ///   - parameters: in the order of the model's.
  ///   - tokens: of one episode, `[T, F]`.
  init(_ model: Transformer, parameters tensors: [Tensor], tokens: [Double]) {
    precondition(
      model.configuration.positions != .learned && model.configuration.activation == .relu)
    configuration = model.configuration
    layout = model.layout
    parameters = Dictionary(
      uniqueKeysWithValues: zip(model.parameters, tensors).map {
        ($0.name, $1.elements.map(Double.init))
      })
    var x = Self.rows(tokens, layout.tokenWidth).map { linear($0, "readIn") }
    streams.append(x)
    for layer in 0..<configuration.layers {
      let block = "blocks.\(configuration.sharesLayers ? 0 : layer)."
      var found = attention(x.map { normalized($0, block + "attentionNorm") }, block + "attention.")
      x = zip(x, found.heads).map { Self.sum($0, linear($1, block + "attention.output")) }
      if configuration.expansion > 0 {
        found.feedForward = x.map { row in
          let hidden = linear(
            normalized(row, block + "feedForwardNorm"), block + "feedForward.expand")
          return linear(hidden.map { max(0, $0) }, block + "feedForward.contract")
        }
        x = zip(x, found.feedForward).map { Self.sum($0, $1) }
      }
      layers.append(found)
      streams.append(x)
    }
    outputs = x.map { linear(normalized($0, "norm"), "readOut") }
  }

  private func attention(_ normal: [[Double]], _ name: String) -> Layer {
    let query = normal.map { linear($0, name + "query") }
    let key = normal.map { linear($0, name + "key") }
    let value = normal.map { linear($0, name + "value") }
    let distances = Self.rows(parameters[name + "distances.weight"] ?? [], configuration.width)
    let size = configuration.width / configuration.heads
    var layer = Layer()
    for (i, seen) in layout.visiblePrefixes.enumerated() {
      var mixed = [Double](repeating: 0, count: configuration.width)
      var rows: [[Double]] = []
      for head in 0..<configuration.heads {
        let features = head * size..<(head + 1) * size
        let exponentials = (0..<seen).map { j in
          let score = features.reduce(0) { sum, f in
            let distance = distances.isEmpty ? 0 : distances[normal.count - 1 - (i - j)][f]
            return sum + query[i][f] * (key[j][f] + distance)
          }
          return exp(score / Double(size).squareRoot())
        }
        let total = exponentials.reduce(0, +)
        let weights = exponentials.map { $0 / total }
        for f in features { mixed[f] = (0..<seen).reduce(0) { $0 + weights[$1] * value[$1][f] } }
        rows.append(weights + [Double](repeating: 0, count: normal.count - seen))
      }
      layer.weights.append(rows)
      layer.heads.append(mixed)
    }
    return layer
  }

  private static func rows(_ elements: [Double], _ width: Int) -> [[Double]] {
    stride(from: 0, to: elements.count, by: width).map { Array(elements[$0..<$0 + width]) }
  }

  private static func sum(_ left: [Double], _ right: [Double]) -> [Double] {
    zip(left, right).map { $0 + $1 }
  }

  private func linear(_ row: [Double], _ name: String) -> [Double] {
    let weights = parameters[name + ".weight"] ?? []
    let width = weights.count / row.count
    let bias = parameters[name + ".bias"] ?? [Double](repeating: 0, count: width)
    return (0..<width).map { column in
      row.indices.reduce(bias[column]) { $0 + row[$1] * weights[$1 * width + column] }
    }
  }

  private func normalized(_ row: [Double], _ name: String) -> [Double] {
    let mean = row.reduce(0, +) / Double(row.count)
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
    let (scale, shift) = (parameters[name + ".scale"] ?? [], parameters[name + ".shift"] ?? [])
    return row.indices.map {
      (row[$0] - mean) / (variance + 1e-5).squareRoot() * scale[$0] + shift[$0]
    }
  }
}
