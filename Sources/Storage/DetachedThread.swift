import Foundation

/// A thread for one piece of work.
///
/// A dispatch queue would do, were it not for limits of memory or of threads: a queue that gets no
/// thread sleeps until there is one, and its caller with it, perhaps for ever.
final class DetachedThread {
  private let body: @Sendable () -> Void

  private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Runs `body` on a new thread, or on this one if the system grants no other.
  static func run(_ body: @escaping @Sendable () -> Void) {
    // Unmanaged, as the thread's start takes a pointer; the thread, or this function, releases it.
    let thread = Unmanaged.passRetained(DetachedThread(body))
    var identifier = pthread_t()
    let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
      guard let pointer else { return nil }
      Unmanaged<DetachedThread>.fromOpaque(pointer).takeRetainedValue().body()
      return nil
    }
    if pthread_create(&identifier, nil, start, thread.toOpaque()) == 0 {
      pthread_detach(identifier)
    } else {
      thread.takeRetainedValue().body()
    }
  }
}
