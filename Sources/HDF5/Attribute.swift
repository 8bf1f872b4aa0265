import CHDF5

/// A small value, or a list of them, with a name on a group or a dataset.
struct Attribute: ~Copyable {
  let identifier: Identifier
  let path: String

  private init(
    creating name: String, type: hid_t, extents: [Int] = [], on object: hid_t,
    _ objectPath: String
  ) throws(HDF5Error) {
    let path = "\(objectPath)@\(name)"
    self.path = path
    let space = try Identifier.dataspace(extents, path)
    let spaceIdentifier = space.raw
    identifier = try Identifier(.attribute, "H5Acreate2", path) {
      H5Acreate2(
        object, name, type, spaceIdentifier, manabi_H5P_DEFAULT(), manabi_H5P_DEFAULT())
    }
  }

  private init(opening name: String, on object: hid_t, _ objectPath: String) throws(HDF5Error) {
    let path = "\(objectPath)@\(name)"
    self.path = path
    identifier = try Identifier(.attribute, "H5Aopen", path) {
      H5Aopen(object, name, manabi_H5P_DEFAULT())
    }
  }

  /// Makes an attribute and writes it (`H5Acreate2`, `H5Awrite`).
  ///
  /// - Parameters:
  ///   - bytes: the value as it lies in memory.
  ///   - fileType: how it shall lie in the file.
  ///   - memoryType: how it lies in memory.
  ///   - name: not yet taken.
  ///   - object: the group or dataset.
  ///   - objectPath: of that object, for errors.
  /// - Throws: ``HDF5Error`` if the name is taken.
  static func write(
    _ bytes: UnsafeRawBufferPointer, as fileType: hid_t, from memoryType: hid_t,
    _ name: String, on object: hid_t, _ objectPath: String
  ) throws(HDF5Error) {
    let attribute = try Attribute(
      creating: name, type: fileType, on: object, objectPath)
    let raw = attribute.identifier.raw
    try Library.call("H5Awrite", attribute.path) { H5Awrite(raw, memoryType, bytes.baseAddress) }
  }

  /// Makes an attribute with one axis and writes its elements.
  ///
  /// - Parameter type: how they lie in memory, and in the file.
  /// - Throws: ``HDF5Error`` if the name is taken, or the list is larger than 64 KiB.
  static func write<Element>(
    _ elements: [Element], as type: hid_t, _ name: String, on object: hid_t, _ objectPath: String
  ) throws(HDF5Error) {
    let attribute = try Attribute(
      creating: name, type: type, extents: [elements.count], on: object, objectPath)
    let raw = attribute.identifier.raw
    try Library.call("H5Awrite", attribute.path) {
      elements.withUnsafeBytes { H5Awrite(raw, type, $0.baseAddress) }
    }
  }

  /// Writes a UTF-8 string of variable length, which Python reads as `str`.
  static func write(
    _ text: String, _ name: String, on object: hid_t, _ objectPath: String
  ) throws(HDF5Error) {
    let type = try Identifier.stringType(objectPath)
    let attribute = try Attribute(
      creating: name, type: type.raw, on: object, objectPath)
    let (raw, typeIdentifier) = (attribute.identifier.raw, type.raw)
    try Library.call("H5Awrite", attribute.path) {
      text.withCString { characters in
        withUnsafePointer(to: characters) { H5Awrite(raw, typeIdentifier, $0) }
      }
    }
  }

  /// Reads a text (`H5Aread`).
  static func text(
    _ name: String, on object: hid_t, _ objectPath: String
  ) throws(HDF5Error) -> String {
    let type = try Identifier.stringType(objectPath)
    let attribute = try Attribute(opening: name, on: object, objectPath)
    let (raw, typeIdentifier) = (attribute.identifier.raw, type.raw)
    var characters: UnsafeMutablePointer<CChar>?
    try Library.call("H5Aread", attribute.path) { H5Aread(raw, typeIdentifier, &characters) }
    guard let characters else { return "" }
    let text = String(cString: characters)
    try Library.call("H5free_memory", attribute.path) { H5free_memory(characters) }
    return text
  }

  /// Reads an integer, converting it to 64 bits (`H5Aread`).
  static func integer<Value: FixedWidthInteger>(
    _ type: Value.Type, as memoryType: hid_t, _ name: String, on object: hid_t,
    _ objectPath: String
  ) throws(HDF5Error) -> Value {
    let attribute = try Attribute(opening: name, on: object, objectPath)
    let raw = attribute.identifier.raw
    let space = try Identifier(.dataspace, "H5Aget_space", attribute.path) { H5Aget_space(raw) }
    let spaceIdentifier = space.raw
    let count = try Library.call("H5Sget_simple_extent_npoints", attribute.path) {
      H5Sget_simple_extent_npoints(spaceIdentifier)
    }
    guard count == 1 else {
      throw HDF5Error(
        function: "H5Aread", object: attribute.path, message: "\(count) values instead of one")
    }
    var value = Value.zero
    try Library.call("H5Aread", attribute.path) { H5Aread(raw, memoryType, &value) }
    return value
  }
}
