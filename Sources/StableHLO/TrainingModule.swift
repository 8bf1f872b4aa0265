package import ComputeGraph
internal import Tensors

// Dimension key
//   P  parameters        K  steps of a launch      B  episodes of a step on one device
//   T  tokens            F  width of a token
//   N  predictions       C  width of a prediction

/// Whole training steps as one program: forward and backward pass, the sum over devices, clipping,
/// the update, and a loop over all of that.
///
/// State stays where it is on the device; a launch returns what there is to say about its steps. The
/// loop ends behind the first step that is not finite. One whose loss or gradient is not has changed
/// nothing.
package struct TrainingModule {
  /// What the results are, in order; the first come back in the place of the arguments.
  package enum Result: Int, CaseIterable {
    /// `[P]` each
    case parameters, firstMoment, secondMoment
    /// Steps taken, one number.
    case stepCount
    /// `[K, 3]`: loss, norm of the gradient, whether the state is finite.
    case metrics
    /// `[K, 2]`: sums of the gradient's bits.
    case hashes
  }

  package let module: ModuleText
  package let layout: FlatLayout

  /// - Parameters:
  ///   - program: what a step computes.
  ///   - deviceCount: how many devices share a step's episodes, each the same number of them.
  ///   - capacity: the most steps of a launch, `K`.
  /// - Throws: `ShapeError` never for a program of a model.
  package init(_ program: TrainingProgram, deviceCount: Int, capacity: Int) throws {
    precondition(program.batchSize % deviceCount == 0, "Devices divide a batch.")
    let block = try program.block(program.batchSize / deviceCount)
    let graph = block.graph
    layout = FlatLayout(block.parameters.map(graph.shape(of:)))
    let types = Types(
      state: program.update.state, vector: TensorType([layout.count]),
      tokens: TensorType(graph.shape(of: block.tokens)),
      targets: TensorType(graph.shape(of: block.targets)), capacity: capacity)
    let step = try Self.step(program, block, layout, types, deviceCount)
    module = ModuleText(
      replicaCount: deviceCount, functions: [step, Self.main(types), Self.loopBody(types)])
  }

  /// The types that the functions of the module share.
  private struct Types {
    /// The names of what an update changes.
    let state: [String]
    let vector: TensorType
    let tokens: TensorType
    let targets: TensorType
    let capacity: Int

    var allTokens: TensorType { repeated(tokens) }
    var allTargets: TensorType { repeated(targets) }
    var schedules: TensorType { TensorType([capacity, 3]) }
    var metrics: TensorType { TensorType([capacity, 3]) }
    var hashes: TensorType { TensorType([capacity, 2], .uint32) }

    private func repeated(_ type: TensorType) -> TensorType {
      TensorType(Shape([capacity] + type.shape.extents))
    }
  }

  /// One step: state and batch to state and what there is to say.
  private static func step(
    _ program: TrainingProgram, _ block: TrainingProgram.Block, _ layout: FlatLayout,
    _ types: Types, _ deviceCount: Int
  ) throws -> String {
    var body = FunctionText("step")
    let state = types.state.map {
      body.argument($0, types.vector)
    }
    let schedule = body.argument("schedule", TensorType([3]))
    let tokens = body.argument("tokens", types.tokens)
    let targets = body.argument("targets", types.targets)
    var (loss, gradient) = try body.lossAndGradient(block, layout, state[0], tokens, targets)
    if deviceCount > 1 { (loss, gradient) = body.sumOverDevices(loss, gradient, deviceCount) }
    let update = try UpdateGraph(program.update, count: layout.count)
    let sources = [
      "gradient": gradient, "parameters": state[0], "firstMoment": state[1],
      "secondMoment": state[2], "schedule": schedule,
    ]
    let updated = try body.emit(update.graph, outputs: update.outputs, sources: sources)
    let norm = updated[3]
    let isUpdated = body.binary("and", body.isFinite(loss), body.isFinite(norm))
    let spread = body.broadcast(isUpdated, to: types.vector.shape)
    let results = zip(state, updated).map { body.select(spread, $1, $0) }
    let isStateFinite = body.areFinite(results)
    let succeeds = body.binary("and", isUpdated, isStateFinite)
    let metrics = body.flatten([loss, norm, body.convert(isStateFinite, to: .float32)])
    let hash = body.hash(gradient)
    return body.text(returning: results + [metrics, hash, succeeds])
  }

  /// The loop over the steps of a launch.
  private static func main(_ types: Types) -> String {
    var main = FunctionText("main", isPublic: true)
    let state = types.state.enumerated().map { index, name in
      main.argument(name, types.vector, keepsResult: index)
    }
    let integer = TensorType([], .int32)
    let count = main.argument("count", integer)
    let schedules = main.argument("schedules", types.schedules)
    let tokens = main.argument("tokens", types.allTokens)
    let targets = main.argument("targets", types.allTargets)
    let start = [
      main.splat(0, .int32, []), main.truth(),
      main.splat(0, types.metrics.shape), main.splat(0, .uint32, types.hashes.shape),
    ]
    let carried = state + start + [count, schedules, tokens, targets]
    let results = main.loop(carried, while: 4, at: 3, below: 7, body: "advance")
    return main.text(returning: Array(results[0..<4]) + Array(results[5..<7]))
  }

  /// What the loop carries, one step later.
  private static func loopBody(_ types: Types) -> String {
    var body = FunctionText("advance")
    let state = types.state.map {
      body.argument($0, types.vector)
    }
    let index = body.argument("index", TensorType([], .int32))
    _ = body.argument("succeeds", TensorType([], .boolean))
    let metrics = body.argument("metrics", types.metrics)
    let hashes = body.argument("hashes", types.hashes)
    let count = body.argument("count", TensorType([], .int32))
    let schedules = body.argument("schedules", types.schedules)
    let tokens = body.argument("tokens", types.allTokens)
    let targets = body.argument("targets", types.allTargets)
    let arguments =
      state
      + [schedules, tokens, targets].map { body.row(of: $0, at: index) }
    let results = body.call(
      "step", arguments,
      [types.vector, types.vector, types.vector, TensorType([3]), TensorType([2], .uint32)]
        + [TensorType([], .boolean)])
    let next = body.binary("add", index, body.splat(1, .int32, []))
    let newMetrics = body.replaceRow(of: metrics, at: index, with: results[3])
    let newHashes = body.replaceRow(of: hashes, at: index, with: results[4])
    return body.text(
      returning: Array(results[0..<3])
        + [next, results[5], newMetrics, newHashes, count, schedules, tokens, targets])
  }
}
