internal import ComputeGraph
internal import Tensors

extension UpdateProgram {
  /// What an update changes, by name: the parameters and the optimiser's memory.
  var state: [String] { ["parameters"] + slots }
}

/// An update program as a graph over flat vectors, named `gradient`, `parameters`, `firstMoment`,
/// `secondMoment`, and the numbers of the `schedule`.
struct UpdateGraph {
  let graph: Graph
  /// Parameters and both moments after the update, and the norm of the gradient before clipping.
  let outputs: [Value]

  /// - Parameter count: elements of each vector.
  /// - Throws: `ShapeError` never.
  init(_ update: UpdateProgram, count: Int) throws {
    let builder = GraphBuilder()
    let gradient = try builder.input("gradient", [count])
    let state = try update.state.map { try builder.input($0, [count]) }
    let schedule = try builder.input("schedule", [3])
    let clipped = try builder.append(update.clip, [gradient])
    let updated = try builder.append(
      update.rule, [state[0], clipped[0], state[1], state[2], schedule])
    graph = builder.graph
    outputs = (updated + [clipped[1]]).map(\.value)
  }
}
