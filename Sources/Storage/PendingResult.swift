import Dispatch
import Synchronization

/// What work in the background will return, or returned already.
final class PendingResult<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let work = DispatchGroup()

  /// Starts `body` on another thread, or runs it on this one if the system grants no more of them.
  init(_ body: @escaping @Sendable () throws -> Value) {
    work.enter()
    DetachedThread.run { [self] in
      let result = Result { try body() }
      self.result.withLock { $0 = result }
      work.leave()
    }
  }

  /// What is known already.
  init(value: Value) { result.withLock { $0 = .success(value) } }

  /// Whether ``value()`` returns at once.
  var isKnown: Bool { result.withLock { $0 != nil } }

  /// Waits for the result.
  ///
  /// - Throws: what the body threw.
  func value() throws -> Value {
    work.wait()
    guard let result = result.withLock({ $0 }) else {
      preconditionFailure("Work that has ended has a result.")
    }
    return try result.get()
  }
}
