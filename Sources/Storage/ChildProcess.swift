import Foundation

/// A process that this one starts, in a group of its own: what the terminal sends is for this one
/// alone.
package final class ChildProcess {
  /// What became of it.
  package enum Ending: Equatable, Sendable {
    case exited(Int32)
    /// Ended by a signal, such as that of a crash.
    case signalled(Int32)
  }

  private let identifier: pid_t
  private var ending: Ending?

  /// What a child finds under a descriptor of its own.
  enum Stream {
    /// The file of a descriptor of this process.
    case descriptor(Int32)
    /// Nothing, and nobody who reads it.
    case nothing
  }

  /// Starts a program (`posix_spawn`), with no signals blocked or ignored.
  ///
  /// - Parameters:
  ///   - executable: a path.
  ///   - arguments: without the program's name.
  ///   - environment: `NAME=value`.
  ///   - streams: what to find under which descriptors, laid in this order.
  /// - Throws: ``StorageError/system(call:path:code:)``
  init(
    _ executable: String, _ arguments: [String], environment: [String],
    streams: [(number: Int32, Stream)]
  ) throws(StorageError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams {
      switch stream {
      case .descriptor(let own): posix_spawn_file_actions_adddup2(&actions, own, number)
      case .nothing:
        posix_spawn_file_actions_addopen(
          &actions, number, "/dev/null", number == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0)
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var (noSignals, allSignals) = (sigset_t(), sigset_t())
    sigemptyset(&noSignals)
    sigfillset(&allSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setsigdefault(&attributes, &allSignals)
    let arguments = Self.list(["manabi"] + arguments)
    let environment = Self.list(environment)
    defer { for text in arguments + environment { free(text) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, executable, &actions, &attributes, arguments, environment)
    guard code == 0 else { throw .system(call: "posix_spawn", path: executable, code: code) }
    self.identifier = identifier
  }

  /// Texts as C wants them, to be freed.
  private static func list(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { (text: String) in strdup(text) } + [nil]
  }

  /// Sends a signal, unless the process was seen to have ended (`kill`).
  package func send(_ signal: Int32) {
    if ending == nil { kill(identifier, signal) }
  }

  /// What became of it, nil while it runs (`waitpid`).
  package func poll() -> Ending? {
    if ending == nil { reap(WNOHANG) }
    return ending
  }

  /// Waits for its end (`waitpid`).
  @discardableResult
  package func wait() -> Ending {
    while true {
      if let ending { return ending }
      reap(0)
    }
  }

  private func reap(_ options: Int32) {
    var status: Int32 = 0
    let found = waitpid(identifier, &status, options)
    if found == identifier {
      let signal = status & 0x7f
      ending = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
    } else if found < 0, errno != EINTR {
      // Whoever else waited for it knows; that it has ended is sure.
      ending = .exited(0)
    }
  }
}

extension ChildProcess {
  /// This program itself, or the one beside a program that is made of its modules, such as the
  /// tests.
  static var ownExecutable: String {
    let this = "/proc/self/exe"
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: this) else {
      return this
    }
    let program = URL(filePath: path).deletingLastPathComponent().appending(path: "manabi").path
    return program != path && POSIXFileSystem().exists(program) ? program : this
  }
}
