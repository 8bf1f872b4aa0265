import Glibc
import Synchronization

/// Whether the user or the system asked the program to stop.
///
/// SIGTERM and SIGINT set a flag, which training reads between steps; a second SIGINT ends the
/// program at once.
enum StopSignal {
  private static let requested = Atomic<Bool>(false)

  /// Starts listening; signals that arrived before end the program as usual.
  static func listen() {
    let handler: @convention(c) (Int32) -> Void = { number in
      if StopSignal.requested.exchange(true, ordering: .relaxed), number == SIGINT { _exit(130) }
    }
    signal(SIGTERM, handler)
    signal(SIGINT, handler)
    // A parent may have started this program from a thread that blocks signals, which children
    // inherit.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  static var isRequested: Bool { requested.load(ordering: .relaxed) }
}
