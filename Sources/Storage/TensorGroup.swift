import HDF5
import Tensors

/// How named tensors lie in a group of a file.
///
/// The dataset of `blocks.0.query.weight` is `blocks/0/query/weight`. The attribute `tensors` of
/// the group lists the names in order, a line each, and `dims` of each dataset its axes, separated
/// by commas. A dimension scale is made for each name and extent of an axis, such as `input_64`,
/// since tensors may give one name to axes of different extents, and xarray wants one extent for a
/// name.
enum TensorGroup {
  /// The bytes that tensors take in a file, and a little more.
  static func byteCount(of tensors: [NamedTensor]) -> Int {
    tensors.reduce(1 << 16) {
      // Headers, attributes and dimension scales of a tensor are about three kilobytes.
      $0 + 4 * $1.tensor.elements.count + 4096
    }
  }

  /// - Throws: `HDF5Error` if names collide.
  static func write(_ tensors: [NamedTensor], to group: consuming Group) throws(HDF5Error) {
    try group.setAttribute("tensors", tensors.map(\.name).joined(separator: "\n"))
    var scales = DimensionScales()
    var folders: Set<String> = []
    for tensor in tensors {
      let path = components(of: tensor.name)
      precondition(
        !path.contains("") && !tensor.name.contains("/"), "A tensor's name is a path of words.")
      for depth in 1..<path.count {
        let folder = path.prefix(depth).joined(separator: "/")
        if folders.insert(folder).inserted { _ = try group.createGroup(folder) }
      }
      let dataset = try group.createDataset(
        path.joined(separator: "/"), extents: tensor.tensor.shape.extents,
        elements: tensor.tensor.elements)
      try dataset.setAttribute("dims", tensor.axes.joined(separator: ","))
      let names = zip(tensor.axes, tensor.tensor.shape.extents).map { "\($0)_\($1)" }
      try scales.attach(names, to: dataset, in: group)
    }
    try scales.listUses(in: group)
  }

  /// - Parameters:
  ///   - group: as written by ``write(_:to:)``.
  ///   - path: of the file, for the error.
  /// - Returns: the tensors in the order in which they were written.
  /// - Throws: `HDF5Error` if a tensor is not there, or not of single precision; ``StorageError``
  ///   if the names of its axes do not fit.
  static func read(_ group: consuming Group, path: String) throws -> [NamedTensor] {
    var tensors: [NamedTensor] = []
    for name in try group.text("tensors").split(separator: "\n").map(String.init) {
      let dataset = try group.dataset(components(of: name).joined(separator: "/"))
      let axes = try dataset.text("dims").split(separator: ",").map(String.init)
      let shape = Shape(try dataset.extents())
      let elements = try dataset.elements(of: Float.self)
      guard axes.count == shape.rank else {
        throw StorageError.notOurs(
          path: path, reason: "`\(dataset.path)` has \(shape.rank) axes, not \(axes.count)")
      }
      tensors.append(
        NamedTensor(name: name, axes: axes, tensor: Tensor(shape: shape, elements: elements)))
    }
    return tensors
  }

  private static func components(of name: String) -> [String] {
    name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }
}
