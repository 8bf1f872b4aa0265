import CPUEngine
import ComputeGraph
import Tensors
import TestSupport
import Testing

/// Every operation on the engine, against its meaning.
struct OperationTests {
  private let engine: CPUEngine

  /// Products of rounded operands where the processor has them.
  static let rounding =
    (try? CPUEngine(workers: 1))?.supports(.bfloat16) == true ? OperationRecord.rounding : []

  init() throws { engine = try CPUEngine(workers: 1) }

  @Test(
    "The engine agrees with the reference",
    arguments: OperationRecord.blockwise + rounding)
  func forward(_ record: OperationRecord) throws {
    let instance = try record.instance()
    try compare(instance.graph, record, instance.results)
  }

  /// Attention whose weights nobody asks for has kernels of its own.
  @Test(
    "The first result alone agrees with the reference",
    arguments: OperationRecord.blockwise + rounding)
  func firstResult(_ record: OperationRecord) throws {
    let instance = try record.instance()
    try compare(instance.graph, record, [instance.results[0]])
  }

  @Test(
    "A fused operation agrees with its decomposition",
    arguments: OperationRecord.blockwise + rounding)
  func decomposition(_ record: OperationRecord) throws {
    let instance = try record.instance()
    let arrays = record.arrays()
    let fused = try engine.evaluate(instance.graph, arrays, outputs: instance.results)
    let plain = try instance.graph.decomposed(keeping: instance.results)
    let parts = try engine.evaluate(plain.graph, arrays, outputs: plain.outputs)
    let magnitude = try instance.graph.magnitude(arrays, instance.results)
    for (whole, sum) in zip(fused, parts) {
      let agreement = Agreement(whole, ReferenceArray(sum), magnitude: magnitude)
      #expect(agreement.relativeDistance <= record.tolerance, "\(agreement)")
    }
  }

  @Test(
    "Gradients agree with the reference",
    arguments: OperationRecord.differentiable + rounding)
  func gradients(_ record: OperationRecord) throws {
    let instance = try record.instance()
    try compare(instance.graph, record, instance.gradients)
  }

  @Test(
    "Gradients of decompositions agree with the reference",
    arguments: OperationRecord.differentiable)
  func decomposedGradients(_ record: OperationRecord) throws {
    let instance = try record.instance()
    let plain = try instance.graph.decomposed(keeping: instance.gradients)
    try compare(plain.graph, record, plain.outputs)
  }

  @Test(
    "Gradients agree with central differences in a random direction",
    arguments: OperationRecord.differentiable)
  func centralDifferences(_ record: OperationRecord) throws {
    let instance = try record.instance()
    let arrays = record.arrays()
    let difference = try record.directionalDifference(instance, arrays)
    let gradients = try engine.evaluate(instance.graph, arrays, outputs: instance.gradients)
    let slope = record.directionalSlope(instance, gradients.map(ReferenceArray.init))
    let magnitude = try instance.graph.magnitude(arrays, instance.gradients)
    // The rounding of all gradient elements adds up along the direction.
    let terms = Double(gradients.reduce(0) { $0 + $1.shape.count }).squareRoot()
    #expect(abs(slope - difference) <= record.tolerance * magnitude * terms)
  }

  @Test(
    "Results do not depend on what an earlier run left behind",
    arguments: OperationRecord.blockwise + rounding)
  func repeats(_ record: OperationRecord) throws {
    let instance = try record.instance()
    let outputs = instance.results + instance.gradients
    let first = try engine.evaluate(instance.graph, record.arrays(), outputs: outputs)
    let second = try engine.evaluate(instance.graph, record.arrays(), outputs: outputs)
    #expect(first == second)
  }

  /// Expects the engine's outputs within the tolerance of the reference's.
  private func compare(_ graph: Graph, _ record: OperationRecord, _ outputs: [Value]) throws {
    let arrays = record.arrays()
    let interpreter = ReferenceInterpreter(arrays: arrays.mapValues(ReferenceArray.init))
    let expected = try interpreter.evaluate(graph, outputs: outputs)
    let magnitude = try graph.magnitude(arrays, outputs)
    let found = try engine.evaluate(graph, arrays, outputs: outputs)
    try #require(found.count == expected.count)
    for (tensor, reference) in zip(found, expected) {
      try #require(tensor.shape == reference.shape)
      let agreement = Agreement(tensor, reference, magnitude: magnitude)
      #expect(agreement.relativeDistance <= record.tolerance, "\(agreement)")
    }
  }
}
