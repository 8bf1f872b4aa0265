import Dispatch
import Synchronization

/// What work in the background will return, or returned already.
final class PendingResult<Value: Sendable, Failure: Error>: Sendable {
  private let result = Mutex<Result<Value, Failure>?>(nil)
  private let work = DispatchGroup()

  /// Starts `body` on another thread, or runs it on this one if the system grants no more of them.
  init(_ body: @escaping @Sendable () throws(Failure) -> Value) {
    work.enter()
    DetachedThread.run { [self] in
      let result = Result { () throws(Failure) in try body() }
      self.result.withLock { $0 = result }
      work.leave()
    }
  }

  /// What is known already.
  init(value: Value) { result.withLock { $0 = .success(value) } }

  /// Waits for the result.
  ///
  /// - Throws: what the body threw.
  func value() throws(Failure) -> Value {
    work.wait()
    guard let result = result.withLock({ $0 }) else {
      preconditionFailure("Work that has ended has a result.")
    }
    return try result.get()
  }
}
