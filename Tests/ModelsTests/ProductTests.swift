import CPUEngine
import ComputeGraph
import Episodes
import Foundation
import Models
import Optimizers
import Testing

/// Which kernels oneDNN chooses for the workloads by which speed is judged.
struct ProductTests {
  /// Examples, input dimension, width, layers and heads of a workload.
  struct Workload: Sendable, CustomStringConvertible {
    let description: String
    let examples, inputs, width, layers, heads: Int
  }

  static let workloads = [
    Workload(description: "d64-t22", examples: 11, inputs: 5, width: 64, layers: 3, heads: 2),
    Workload(description: "d64", examples: 41, inputs: 20, width: 64, layers: 3, heads: 2),
    Workload(description: "d128", examples: 41, inputs: 20, width: 128, layers: 6, heads: 4),
  ]

  /// oneDNN has these kernels for processors with AVX-512 only.
  static let hasWideVectors =
    (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains("avx512bw") ?? false

  @Test(
    "Products of the reference workloads run as batch-reduced kernels",
    .enabled(if: hasWideVectors), arguments: workloads)
  func kernels(_ workload: Workload) throws {
    let shape = EpisodeShape(
      exampleCount: workload.examples, inputDimension: workload.inputs, target: .real)
    let transformer = Transformer(
      TransformerConfiguration(
        width: workload.width, layers: workload.layers, heads: workload.heads,
        positions: .learned), layout: PromptFormat.interleaved.layout(for: shape))
    let program = transformer.trainingProgram(
      batchSize: 64, laneCount: 8, update: AdamWConfiguration().program)
    let plan = try CPUEngine(workers: 1).planDescription(of: program)
    let products = plan.split(separator: "\n").filter { $0.contains(": product ") }
    #expect(products.count > 16 * workload.layers)
    let others = products.filter { !$0.contains("(brg") }
    #expect(others.isEmpty, "\(others.joined(separator: "\n"))")
  }
}
