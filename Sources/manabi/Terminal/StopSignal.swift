import Glibc
import Synchronization

/// Whether the user or the system asked the program to stop.
///
/// SIGINT, SIGTERM, SIGUSR1 and SIGHUP set a flag, which long work reads when it may stop; a second
/// SIGINT ends the program at once.
enum StopSignal {
  private static let requested = Atomic<Bool>(false)
  private static let signals = [SIGINT, SIGTERM, SIGUSR1, SIGHUP]

  /// Listens while `body` runs; before and after, signals end the program as usual.
  ///
  /// Signals that the program was started to ignore, as by `nohup`, stay ignored.
  static func whileListening<Value>(_ body: () throws -> Value) rethrows -> Value {
    let handler: @convention(c) (Int32) -> Void = { number in
      if StopSignal.requested.exchange(true, ordering: .relaxed), number == SIGINT { _exit(130) }
    }
    let heeded = signals.filter { !isIgnored($0) }
    for number in heeded { signal(number, handler) }
    defer { for number in heeded { signal(number, SIG_DFL) } }
    // A parent may have started this program from a thread that blocks signals, which children
    // inherit.
    var set = sigset_t()
    sigemptyset(&set)
    for number in heeded { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    return try body()
  }

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
