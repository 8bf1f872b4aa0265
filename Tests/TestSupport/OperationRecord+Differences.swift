internal import ComputeGraph
internal import RandomKeys
package import Tensors

extension OperationRecord {
  /// How fast the record's scalar changes along a fixed random direction, by central differences in
  /// double precision.
  ///
  /// - Throws: `ShapeError` never for a graph that was built.
  package func directionalDifference(
    _ instance: Instance, _ arrays: [String: Tensor]
  ) throws -> Double {
    guard let scalar = instance.scalar else {
      preconditionFailure("Only records with a derivative have a slope.")
    }
    // The error of the difference is of the order of the step's square, that of rounding of its
    // inverse.
    let step = 1e-5
    let sides = try [step, -step].map { step in
      var moved = arrays.mapValues(ReferenceArray.init)
      for (index, operand) in instance.differentiated.enumerated() {
        guard var array = moved[operand.name] else { continue }
        let direction = direction(index, operand.shape.count)
        for i in direction.indices { array.elements[i] += step * direction[i] }
        moved[operand.name] = array
      }
      return try ReferenceInterpreter(arrays: moved)
        .evaluate(instance.graph, outputs: [scalar])[0].elements[0]
    }
    return (sides[0] - sides[1]) / (2 * step)
  }

  /// The same slope, from gradients.
  package func directionalSlope(_ instance: Instance, _ gradients: [ReferenceArray]) -> Double {
    gradients.enumerated().reduce(0) { sum, gradient in
      let direction = direction(gradient.offset, gradient.element.elements.count)
      return zip(gradient.element.elements, direction).reduce(sum) { $0 + $1.0 * $1.1 }
    }
  }

  private func direction(_ operand: Int, _ count: Int) -> [Double] {
    RandomKey(seed: 11).folded(with: operand).uniforms(count, in: -1..<1).map(Double.init)
  }
}
