package import ComputeGraph
package import Tensors

extension Graph {
  /// The largest number that the graph passes through on its way to `outputs`; errors of rounding
  /// are relative to it.
  package func magnitude(_ arrays: [String: Tensor], _ outputs: [Value]) throws -> Double {
    let values = ancestors(of: outputs).flatMap { node in
      nodes[node].resultShapes.indices.map { Value(node: node, result: $0) }
    }
    // What stands for hidden keys in decomposed attention is a number, but nothing that is rounded.
    let hidden = 1e29
    return try ReferenceInterpreter(arrays: arrays.mapValues(ReferenceArray.init))
      .evaluate(self, outputs: values).map(\.magnitude).filter { $0 < hidden }.max() ?? 1
  }
}
