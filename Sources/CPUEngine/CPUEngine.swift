package import ComputeGraph
package import Tensors

/// Runs graphs on the cores of this machine.
///
/// A training step is one parallel region: each worker runs whole lanes of the batch, then all
/// reduce and update slices of the parameters. Results do not depend on the number of workers.
package final class CPUEngine: Engine {
  let pool: WorkerPool
  let library: MatrixLibrary

  /// - Parameter workers: how many threads compute, at least one.
  /// - Throws: ``EngineError`` if oneDNN does not start.
  package init(workers: Int) throws {
    library = try MatrixLibrary()
    pool = WorkerPool(count: workers)
  }

  deinit { pool.stop() }

  package func supports(_ precision: Precision) -> Bool { library.supports(precision) }

  package func compile(
    _ program: TrainingProgram, from state: TrainingState, source: any BatchSource
  ) throws -> any TrainingSession {
    try CPUTrainingSession(program, from: state, source: source, engine: self)
  }

  package func compile(
    _ program: InferenceProgram, parameters: [Tensor]
  ) throws -> any InferenceSession {
    try CPUInferenceSession(program, parameters: parameters, engine: self)
  }

  /// Episodes that a worker takes at once: as many as have 400 rows of tokens, or 800 where
  /// products round their operands and arrays take half the memory.
  ///
  /// Fewer make the products small and the passes over gradients many; more push activations out of
  /// the cache (measured, `docs/experiments.md`).
  ///
  /// - Parameters:
  ///   - tokens: the input of one episode in `graph`, `[1, T, F]`.
  ///   - count: of episodes in a lane, a multiple of the result.
  static func blockSize(_ graph: Graph, tokens: Value, dividing count: Int? = nil) -> Int {
    let rows = graph.roundsOperands ? 800 : 400
    let largest = max(1, rows / max(1, graph.shape(of: tokens)[1]))
    guard let count else { return largest }
    return (1...min(count, largest)).last { count % $0 == 0 } ?? 1
  }
}
