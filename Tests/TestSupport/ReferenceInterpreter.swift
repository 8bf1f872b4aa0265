package import ComputeGraph
internal import Foundation
internal import Tensors

/// Says what a graph means: slowly, in double precision, one plain primitive at a time.
///
/// Fused primitives are replaced by their decomposition first. Engines are judged by what comes out
/// here.
package struct ReferenceInterpreter {
  /// The arrays of inputs and parameters, by name.
  package var arrays: [String: ReferenceArray]

  package init(arrays: [String: ReferenceArray]) {
    self.arrays = arrays
  }

  /// The arrays that `outputs` stand for.
  ///
  /// - Throws: `ShapeError` never for a graph that was built.
  package func evaluate(_ graph: Graph, outputs: [Value]) throws -> [ReferenceArray] {
    let plain = try graph.decomposed(keeping: outputs)
    var results: [Value: ReferenceArray] = [:]
    for node in plain.graph.ancestors(of: plain.outputs) {
      let record = plain.graph.nodes[node]
      let operands = record.operands.compactMap { results[$0] }
      results[Value(node: node, result: 0)] = interpret(
        record.primitive, operands, record.resultShapes[0])
    }
    return plain.outputs.compactMap { results[$0] }
  }

  private func interpret(
    _ primitive: Primitive, _ x: [ReferenceArray], _ shape: Shape
  ) -> ReferenceArray {
    switch primitive {
    case .input(let name, _), .parameter(let name, _):
      guard let array = arrays[name], array.shape == shape else {
        preconditionFailure("Every input and parameter has an array of its shape: \(name).")
      }
      return array
    case .fill(let number, _): return ReferenceArray(shape) { _ in Double(number) }
    case .constant(let elements, _): return ReferenceArray(shape, elements.map(Double.init))
    case .add: return combine(x, +)
    case .subtract: return combine(x, -)
    case .multiply: return combine(x, *)
    case .divide: return combine(x, /)
    case .affine(let scale, let offset): return map(x) { Double(scale) * $0 + Double(offset) }
    case .exponential: return map(x, exp)
    case .logarithm: return map(x, log)
    case .tanh: return map(x, Foundation.tanh)
    case .squareRoot: return map(x) { $0.squareRoot() }
    case .step: return map(x) { $0 > 0 ? 1 : 0 }
    case .reshape: return ReferenceArray(shape, x[0].elements)
    case .transpose, .broadcast, .slice, .place: return move(primitive, x[0], shape)
    case .sum(let axes): return reduce(x[0], shape, over: axes, from: 0, +)
    case .maximum(let axis): return reduce(x[0], shape, over: [axis], from: -.infinity, max)
    case .matmul(let left, let right, let precision):
      let operands = x.map { $0.rounded(to: precision) }
      return product(operands[0], operands[1], shape, left, right)
    case .linear, .layerNorm, .layerNormGradient, .activation, .attention, .attentionGradient,
      .squaredError, .crossEntropy, .clipByNorm, .adamW:
      preconditionFailure("\(primitive.name) has been decomposed.")
    }
  }

  private func map(_ x: [ReferenceArray], _ function: (Double) -> Double) -> ReferenceArray {
    ReferenceArray(x[0].shape, x[0].elements.map(function))
  }

  private func combine(
    _ x: [ReferenceArray], _ function: (Double, Double) -> Double
  ) -> ReferenceArray {
    ReferenceArray(x[0].shape, zip(x[0].elements, x[1].elements).map(function))
  }

  private func move(
    _ primitive: Primitive, _ x: ReferenceArray, _ shape: Shape
  ) -> ReferenceArray {
    switch primitive {
    case .transpose(let permutation):
      return ReferenceArray(shape) { place in
        var source = place
        for (axis, origin) in permutation.enumerated() { source[origin] = place[axis] }
        return x[source]
      }
    case .broadcast(_, let axes):
      return ReferenceArray(shape) { place in x[axes.map { place[$0] }] }
    case .slice(let axis, let start, let stride, _):
      return ReferenceArray(shape) { place in
        var source = place
        source[axis] = start + stride * place[axis]
        return x[source]
      }
    case .place(let axis, let start, let stride, _):
      var result = ReferenceArray(shape) { _ in 0 }
      for source in ReferenceArray.places(x.shape) {
        var place = source
        place[axis] = start + stride * source[axis]
        result.elements[result.offset(of: place)] = x[source]
      }
      return result
    default: preconditionFailure("\(primitive.name) does not move elements.")
    }
  }

  private func reduce(
    _ x: ReferenceArray, _ shape: Shape, over axes: [Int], from initial: Double,
    _ function: (Double, Double) -> Double
  ) -> ReferenceArray {
    var result = ReferenceArray(shape) { _ in initial }
    for place in ReferenceArray.places(x.shape) {
      let kept = place.indices.filter { !axes.contains($0) }.map { place[$0] }
      let offset = result.offset(of: kept)
      result.elements[offset] = function(result.elements[offset], x[place])
    }
    return result
  }

  private func product(
    _ a: ReferenceArray, _ b: ReferenceArray, _ shape: Shape, _ transposeLeft: Bool,
    _ transposeRight: Bool
  ) -> ReferenceArray {
    let depth = a.shape[transposeLeft ? -2 : -1]
    return ReferenceArray(shape) { place in
      let (batch, row, column) = (place.dropLast(2), place[place.count - 2], place[place.count - 1])
      return (0..<depth).reduce(0) { sum, k in
        let left = a[batch + (transposeLeft ? [k, row] : [row, k])]
        let right = b[batch + (transposeRight ? [column, k] : [k, column])]
        return sum + left * right
      }
    }
  }
}
