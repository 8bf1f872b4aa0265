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

  /// Episodes that a worker takes at once: as many as have 400 rows of tokens.
  ///
  /// Fewer make the products small and the passes over gradients many; more push activations out of
  /// the cache (measured, `docs/experiments.md`).
  static func blockSize(tokensPerEpisode: Int) -> Int { max(1, 400 / max(1, tokensPerEpisode)) }

  /// The largest such number that divides the episodes of a lane.
  static func blockSize(tokensPerEpisode: Int, dividing episodes: Int) -> Int {
    let largest = min(episodes, blockSize(tokensPerEpisode: tokensPerEpisode))
    return (1...largest).last { episodes % $0 == 0 } ?? 1
  }
}
