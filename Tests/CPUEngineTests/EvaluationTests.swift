import CPUEngine
import ComputeGraph
import TestSupport
import Tensors
import Testing

/// Graphs that run once, and plans that can be read.
struct EvaluationTests {
  @Test("A graph runs once, whatever its outputs are")
  func outputs() throws {
    let builder = GraphBuilder()
    let x = try builder.input("x", [2])
    let w = try builder.parameter("w", [2])
    let outputs = [try x * w, w, x, try builder.fill(3, [1])].map(\.value)
    let tensors = try CPUEngine(workers: 1).evaluate(
      builder.graph,
      ["x": Tensor(shape: [2], elements: [2, 3]), "w": Tensor(shape: [2], elements: [5, 7])],
      outputs: outputs + [outputs[0]])
    #expect(tensors.map(\.elements) == [[10, 21], [5, 7], [2, 3], [3], [10, 21]])
  }

  @Test("An update does not run as part of a graph")
  func updates() throws {
    let builder = GraphBuilder()
    let clipped = try builder.append(.clipByNorm(maximumNorm: 1), [builder.input("x", [2])])
    #expect(throws: EngineError.self) {
      try CPUEngine(workers: 1).evaluate(
        builder.graph, ["x": Tensor(zeros: [2])], outputs: clipped.map(\.value))
    }
  }

  @Test("A plan names every kernel, its arrays and the library's choice for products")
  func plan() throws {
    let record = try #require(
      OperationRecord.differentiable.first { $0.name == "linear [2, 13, 17] to 33" })
    let training = try RecordTraining(record, laneCount: 1, episodesPerLane: 1)
    let lines = try CPUEngine(workers: 1).planDescription(of: training.program)
      .split(separator: "\n")
    #expect(lines.first?.hasPrefix("arena ") == true)
    let products = lines.filter { $0.contains(": product ") }
    #expect(products.count == 3, "forward, by the input and by the weight")
    #expect(products.allSatisfy { $0.hasSuffix(")") && $0.contains("→") })
    #expect(products.contains { $0.contains("[26, 17] × [17, 33]") && $0.contains("+ bias") })
  }
}
