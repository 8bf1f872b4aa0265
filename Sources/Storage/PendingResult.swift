import Foundation
import Synchronization

/// What work in the background will return, or returned already.
///
/// The work has a thread of its own: queues of Dispatch open descriptors of theirs, and end the
/// program if there are none to be had.
final class PendingResult<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let settled = NSCondition()

  /// Starts `body` on another thread, or does it on this one if there is no other to be had.
  init(_ body: @escaping @Sendable () throws -> Value) {
    let work = Unmanaged.passRetained(
      Work { [self] in
        let outcome = Result { try body() }
        settled.withLock {
          result.withLock { $0 = outcome }
          settled.broadcast()
        }
      })
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    if status == 0 { pthread_detach(thread) } else { work.takeRetainedValue().body() }
  }

  /// What is known already.
  init(value: Value) { result.withLock { $0 = .success(value) } }

  /// Whether ``value()`` returns at once.
  var isKnown: Bool { result.withLock { $0 != nil } }

  /// Waits for the result.
  ///
  /// - Throws: what the body threw.
  func value() throws -> Value {
    try settled.withLock {
      while true {
        if let result = result.withLock({ $0 }) { return try result.get() }
        settled.wait()
      }
    }
  }
}

/// What a thread is given to do.
private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
