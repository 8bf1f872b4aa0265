import Glibc
import Synchronization

/// Whether the user or the system asked the program to stop.
///
/// SIGTERM and SIGINT set a flag, which training reads between steps; a second SIGINT ends the program at once.
enum StopSignal {
  private static let requested = Atomic<Bool>(false)

  /// Starts listening; signals that arrived before end the program as usual.
  static func listen() {
    let handler: @convention(c) (Int32) -> Void = { number in
      if StopSignal.requested.exchange(true, ordering: .relaxed), number == SIGINT { _exit(130) }
    }
    signal(SIGTERM, handler)
    signal(SIGINT, handler)
  }

  static var isRequested: Bool { requested.load(ordering: .relaxed) }
}
