/// What a plug-in, or the way to it, answered instead of a result.
package enum PJRTError: Error, Hashable, Sendable {
  /// There is no library at the path, or it cannot be loaded; `reason` is the loader's.
  case notLoaded(path: String, reason: String)
  /// The library has no `GetPjrtApi`.
  case notPlugIn(path: String)
  /// The plug-in was built against another major version of the interface, or one older than it has
  /// to be.
  case version(path: String, found: String, needed: String)
  /// The plug-in is of an older minor version, without a function.
  case missing(function: String)
  /// The client has no such device.
  case noDevice(index: Int, count: Int)
  /// A function failed.
  case failed(function: String, code: Code, message: String)

  /// The kinds of failure that call for different remedies.
  package enum Code: String, Hashable, Sendable {
    case outOfMemory
    case other
  }
}
