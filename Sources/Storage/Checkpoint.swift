import HDF5
package import Tensors

/// All that a training run needs to go on bit for bit as if it had never stopped.
///
/// In the file, parameters are datasets `/parameters/…` and optimiser states `/optimizer/<slot>/…`,
/// with the dots of a tensor's name as folders. Everything else is an attribute of the root.
package struct Checkpoint: Equatable, Sendable {
  /// What steps that were not finite have left behind.
  package struct Recovery: Equatable, Sendable {
    /// Of every step to come; halved when the run goes back to a checkpoint.
    package var learningRateScale = 1.0
    /// How many steps in succession were left out last.
    package var skippedSteps = 0

    package init() {}
  }

  /// Steps that were taken.
  package var step: Int
  /// The resolved experiment as YAML.
  package var experiment: String
  package var seed: UInt64
  package var parameters: [NamedTensor]
  /// By slot, such as `firstMoment`: tensors of the shapes of parameters.
  package var optimizerState: [String: [NamedTensor]]
  /// Bytes of the run's metrics log that belong to the steps taken.
  package var metricsOffset: Int
  package var recovery: Recovery
  /// Name and version of the program that made it.
  package var software: String

  /// - Parameters:
  ///   - step: steps that were taken.
  ///   - experiment: the resolved experiment as YAML.
  ///   - seed: of the run.
  ///   - parameters: with names that differ.
  ///   - optimizerState: by slot, with names that differ within a slot.
  ///   - metricsOffset: bytes of the metrics log that belong to the steps taken.
  ///   - recovery: what steps that were not finite have left behind.
  ///   - software: name and version of the program that makes it.
  package init(
    step: Int, experiment: String, seed: UInt64, parameters: [NamedTensor],
    optimizerState: [String: [NamedTensor]] = [:], metricsOffset: Int = 0,
    recovery: Recovery = Recovery(), software: String
  ) {
    self.step = step
    self.experiment = experiment
    self.seed = seed
    self.parameters = parameters
    self.optimizerState = optimizerState
    self.metricsOffset = metricsOffset
    self.recovery = recovery
    self.software = software
  }

  /// The file, whose bytes depend on the content alone.
  ///
  /// - Throws: `HDF5Error` if the names of two tensors collide, or memory runs out.
  /// - Complexity: O(number of elements)
  func image() throws -> ImageToSeal {
    let tensors = [parameters] + optimizerState.values
    let file = try File(
      capacity: tensors.reduce(experiment.utf8.count) { $0 + TensorGroup.byteCount(of: $1) })
    let root = try file.root()
    try root.setAttribute("step", step)
    try root.setAttribute("seed", seed)
    try root.setAttribute("experiment", experiment)
    try root.setAttribute("metrics_offset", metricsOffset)
    try root.setAttribute("software", software)
    if recovery != Recovery() {
      try root.setAttribute("learning_rate_scale", String(recovery.learningRateScale))
      try root.setAttribute("skipped_steps", recovery.skippedSteps)
    }
    try TensorGroup.write(parameters, to: try root.createGroup("parameters"))
    let optimizer = try root.createGroup("optimizer")
    for (slot, tensors) in optimizerState.sorted(by: { $0.key < $1.key }) {
      try TensorGroup.write(tensors, to: try optimizer.createGroup(slot))
    }
    return ImageToSeal(file, as: .checkpoint)
  }

  /// Writes the checkpoint so that afterwards the path holds all of it, on the disk, or what it
  /// held before.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed; `HDF5Error` if
  ///   the names of two tensors collide.
  package func write(
    to path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws {
    try image().write(to: path, fileSystem: fileSystem)
  }

  /// Reads a checkpoint whose seal holds.
  ///
  /// - Throws: ``StorageError`` if the file is missing, damaged or no checkpoint.
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    let file = try SealedFile(contentsOf: path, fileSystem: fileSystem)
    self = try file.open(as: .checkpoint, path: path) { root in try Checkpoint(root, path: path) }
  }

  private init(_ root: borrowing Group, path: String) throws {
    let optimizer = try root.group("optimizer")
    var optimizerState: [String: [NamedTensor]] = [:]
    for slot in try optimizer.memberNames() {
      optimizerState[slot] = try TensorGroup.read(try optimizer.group(slot), path: path)
    }
    var recovery = Recovery()
    if try root.hasAttribute("learning_rate_scale") {
      let scale = try root.text("learning_rate_scale")
      recovery.learningRateScale = Double(scale) ?? 1
      recovery.skippedSteps = try root.integer("skipped_steps")
    }
    self.init(
      step: try root.integer("step"),
      experiment: try root.text("experiment"),
      seed: try root.unsignedInteger("seed"),
      parameters: try TensorGroup.read(try root.group("parameters"), path: path),
      optimizerState: optimizerState,
      metricsOffset: try root.integer("metrics_offset"), recovery: recovery,
      software: try root.text("software"))
  }
}
