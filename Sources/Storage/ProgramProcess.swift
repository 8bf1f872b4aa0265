import Foundation

/// This program once more, in a process of its own whose lines this one reads.
package final class ProgramProcess {
  private let process: ChildProcess
  private let socket: FileDescriptor
  private var unfinishedLine: [UInt8] = []
  /// The longest line that is kept whole, in bytes.
  private static let longestLine = 1 << 16

  /// Starts the process (`socketpair`, `shutdown`).
  ///
  /// What it prints as data and as news comes here, in the order in which it was printed.
  ///
  /// - Parameters:
  ///   - arguments: a command of this program.
  ///   - input: what it reads as standard input.
  /// - Throws: ``StorageError/system(call:path:code:)``
  package init(_ arguments: [String], input: String) throws(StorageError) {
    let name = "the socket of a process"
    var ends: [Int32] = [0, 0]
    guard
      Foundation.socketpair(
        AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
    else { throw .system(call: "socketpair", path: name, code: errno) }
    let own = FileDescriptor(ends[0], path: name)
    let other = FileDescriptor(ends[1], path: name)
    process = try ChildProcess(
      ChildProcess.ownExecutable, arguments, environment: Self.environment,
      streams: [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].map { ($0, .descriptor(other.number)) })
    do throws(StorageError) {
      try POSIXFileSystem().write(Array(input.utf8), to: own)
    } catch {
      // A process that has ended before it read all says why in its own words.
    }
    shutdown(own.number, Int32(SHUT_WR))
    _ = fcntl(own.number, F_SETFL, O_NONBLOCK)
    socket = own
  }

  /// As that of this process, but a crash is to be over at once.
  private static var environment: [String] {
    var environment = ProcessInfo.processInfo.environment
    environment["SWIFT_BACKTRACE"] = "enable=no"
    return environment.map { "\($0)=\($1)" }
  }

  /// Sends a signal, unless the process has ended.
  package func send(_ signal: Int32) { process.send(signal) }

  /// What became of it, nil while it runs.
  package func poll() -> ChildProcess.Ending? { process.poll() }

  /// The lines that it has finished since they were last asked for (`read`).
  package func lines() -> [String] {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(socket.number, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      unfinishedLine += bytes[..<count]
    }
    var lines = unfinishedLine.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let rest = lines.removeLast()
    unfinishedLine = Array(rest.suffix(Self.longestLine))
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Waits until one of some processes says something or ends, a signal comes, or for some time
  /// (`poll`).
  package static func wait(for processes: [ProgramProcess], atMost milliseconds: Int32) {
    var places = processes.map {
      pollfd(fd: $0.socket.number, events: Int16(POLLIN), revents: 0)
    }
    Foundation.poll(&places, nfds_t(places.count), milliseconds)
    // One that has closed its end and is about to end must not make the caller spin.
    if places.contains(where: { $0.revents & Int16(POLLHUP) != 0 }) { usleep(5_000) }
  }
}
