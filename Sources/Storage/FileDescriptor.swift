import Foundation

/// An open file, closed when its owner goes.
package struct FileDescriptor: ~Copyable {
  let number: Int32
  let path: String

  init(_ number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  /// `close(2)`. Its errors are those of writes that `fsync` has reported already.
  deinit { _ = close(number) }
}
