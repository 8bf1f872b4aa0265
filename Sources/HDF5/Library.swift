import CHDF5
import Synchronization

/// The one door to the C library.
///
/// The library keeps global state and, unless built for threads, has no lock of its own. So every
/// call goes through ``call(_:_:_:)``, one at a time.
enum Library {
  private static let lock = Mutex(())
  private static let filesNamed = Atomic<Int>(0)

  /// A name for a file in memory: the library takes two files of one name for the same file.
  static func uniqueFileName() -> String {
    "memory-\(filesNamed.add(1, ordering: .relaxed).newValue)"
  }

  /// Calls the library and turns a negative result into an error.
  ///
  /// - Parameters:
  ///   - function: the name of the C function, for the error.
  ///   - object: the path of the object concerned, for the error.
  ///   - body: makes one call.
  /// - Returns: what `body` returned, not negative.
  /// - Throws: ``HDF5Error`` with the messages on the library's error stack.
  @discardableResult
  static func call<Status: SignedInteger & Sendable>(
    _ function: String, _ object: String, _ body: () -> Status
  ) throws(HDF5Error) -> Status {
    let outcome: Result<Status, HDF5Error> = lock.withLock { _ in
      // The library would print to standard error. The setting belongs to the calling thread.
      H5Eset_auto2(manabi_H5E_DEFAULT(), nil, nil)
      let status = body()
      if status >= 0 { return .success(status) }
      return .failure(HDF5Error(function: function, object: object, message: errorStack()))
    }
    return try outcome.get()
  }

  /// The descriptions on the error stack, from the API function down to the cause.
  private static func errorStack() -> String {
    var messages: [String] = []
    withUnsafeMutablePointer(to: &messages) { pointer in
      _ = H5Ewalk2(
        manabi_H5E_DEFAULT(), H5E_WALK_DOWNWARD,
        { _, entry, context in
          guard let entry, let description = entry.pointee.desc,
            let messages = context?.assumingMemoryBound(to: [String].self)
          else { return 0 }
          messages.pointee.append(String(cString: description))
          return 0
        }, pointer)
    }
    return messages.isEmpty ? "no message" : messages.joined(separator: ": ")
  }
}
