// Dimension key
//   E  episodes     N  examples in an episode     D  dimension of an input     L  numbers of a
//   latent task

import Episodes
import HDF5

extension TaskSet {
  /// The file, whose bytes depend on the content alone.
  ///
  /// - Throws: `HDF5Error` if memory runs out.
  /// - Complexity: O(E·N·D)
  package func sealed() throws -> SealedFile {
    let file = try File()
    let root = try file.root()
    try root.setAttribute("family", family)
    try root.setAttribute("seed", seed)
    func add(_ dataset: consuming Dataset, _ dimensions: [String]) throws(HDF5Error) {
      try dataset.setAttribute("dims", dimensions.joined(separator: ","))
      try root.attachDimensions(dimensions, to: dataset)
    }
    let (episodeCount, exampleCount) = (count, shape.exampleCount)
    try add(
      try root.createDataset(
        "inputs", extents: [episodeCount, exampleCount, shape.inputDimension], elements: inputs),
      ["episode", "example", "feature"])
    switch shape.target {
    case .real:
      try root.setAttribute("target", "real")
      try add(
        try root.createDataset(
          "targets", extents: [episodeCount, exampleCount], elements: targets),
        ["episode", "example"])
    case .classes(let count), .tokens(let count):
      let kind = shape.target.isSequence ? "tokens" : "classes"
      try root.setAttribute("target", kind)
      try root.setAttribute(kind, count)
      try add(
        try root.createDataset(
          "targets", extents: [episodeCount, exampleCount], elements: targets.map { Int32($0) }),
        ["episode", "example"])
    }
    if shape.latentCount > 0 {
      try add(
        try root.createDataset(
          "latents", extents: [episodeCount, shape.latentCount], elements: latents),
        ["episode", "latent"])
    }
    return SealedFile(sealing: try file.image(), as: .taskSet)
  }

  /// Writes the task set so that afterwards the path holds all of it, on the disk, or what it held
  /// before.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed.
  package func write(
    to path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws {
    try sealed().write(to: path, fileSystem: fileSystem)
  }

  /// Reads a task set whose seal holds.
  ///
  /// - Throws: ``StorageError`` if the file is missing, damaged or no task set.
  package init(
    contentsOf path: String, fileSystem: any FileSystem = POSIXFileSystem()
  ) throws(StorageError) {
    let file = try SealedFile(contentsOf: path, fileSystem: fileSystem)
    self = try file.open(as: .taskSet, path: path) { root in try TaskSet(root, path: path) }
  }

  private init(_ root: borrowing Group, path: String) throws {
    let inputs = try root.dataset("inputs")
    let targets = try root.dataset("targets")
    let extents = try inputs.extents()
    let hasLatents = try root.contains("latents")
    let latentExtents = hasLatents ? try root.dataset("latents").extents() : [extents[0], 0]
    guard extents.count == 3, extents[1] > 0, extents[2] > 0, latentExtents.count == 2,
      try targets.extents() == Array(extents.prefix(2)), latentExtents[0] == extents[0]
    else { throw StorageError.notOurs(path: path, reason: "its arrays do not fit together") }
    let kind: TargetKind =
      switch try root.text("target") {
      case "real": .real
      case "tokens": .tokens(try root.integer("tokens"))
      default: .classes(try root.integer("classes"))
      }
    guard !kind.isSequence || extents[2] == 1 else {
      throw StorageError.notOurs(path: path, reason: "its tokens are not one number each")
    }
    self.init(
      family: try root.text("family"), seed: try root.unsignedInteger("seed"),
      shape: EpisodeShape(
        exampleCount: extents[1], inputDimension: extents[2], target: kind,
        latentCount: latentExtents[1]),
      inputs: try inputs.elements(),
      targets: kind == .real
        ? try targets.elements() : try targets.elements(of: Int32.self).map { Float($0) },
      latents: hasLatents ? try root.dataset("latents").elements() : [])
  }
}
