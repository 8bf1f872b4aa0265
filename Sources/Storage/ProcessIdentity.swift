import Foundation

/// Which process on which machine, so that it cannot be mistaken for a later one of the same number.
struct ProcessIdentity: Codable, Equatable {
  let host: String
  /// Of the machine's current start, empty where the system names none.
  let boot: String
  let process: Int32
  /// When the process started, in ticks since the machine did; zero where that is not known.
  let started: Int

  /// This process.
  static var current: ProcessIdentity {
    ProcessIdentity(
      host: hostName, boot: bootIdentifier, process: getpid(),
      started: startTime(of: getpid()) ?? 0)
  }

  /// Whether the process may still be there; one on another machine always may.
  var mayBeAlive: Bool {
    let current = Self.current
    guard host == current.host else { return true }
    guard boot == current.boot else { return false }
    guard kill(process, 0) == 0 || errno == EPERM else { return false }
    return Self.startTime(of: process) ?? started == started
  }

  /// `gethostname(2)`, which asks no network.
  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static var bootIdentifier: String {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  /// The twenty-second field of `/proc/<process>/stat`, see `proc(5)`; the second is a name in
  /// parentheses that may hold anything.
  private static func startTime(of process: Int32) -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? Int(fields[19]) : nil
  }
}

extension ProcessIdentity: CustomStringConvertible {
  var description: String { "process \(process) on \(host)" }
}
