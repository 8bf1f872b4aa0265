internal import CSandbox
import Foundation

/// What this process may do from now on: compute, and read and write what is open.
///
/// The limits hold on every kernel; the filter of system calls where there is one. Whatever a
/// library is led to do, it cannot open a file or a socket, start a program, write to a file, or take more
/// memory and time than the file needs.
struct Sandbox {
  /// Bytes of memory that the process had before.
  private let ownMemory: (data: Int, total: Int)
  private var allowance = 0

  /// Memory for the library itself.
  private static let libraryMemory = 24 << 20
  /// The most that is ever allowed: what the largest chunk of the house takes.
  private static let largestAllowance = 8 << 30
  /// Seconds of processor time for one request.
  static let secondsForRequest = 20

  /// Enters the sandbox, from which there is no way out (`setrlimit`, `prctl`, `seccomp`).
  init() {
    ownMemory = Self.memoryInUse()
    sandbox_set_limit(sandbox_limit_core(), 0, 0)
    sandbox_set_limit(sandbox_limit_file_size(), 0, 0)
    sandbox_set_limit(sandbox_limit_descriptors(), 4, 4)
    sandbox_set_limit(sandbox_limit_locked_memory(), 0, 0)
    allow(memory: 0)
    // Kernels without filters have the limits alone.
    _ = sandbox_filter_calls()
  }

  /// Allows for a request: memory beyond what the library needs, and time.
  mutating func allow(memory: Int) {
    allowance = max(allowance, min(memory, Self.largestAllowance))
    for (limit, own) in [
      (sandbox_limit_data(), ownMemory.data), (sandbox_limit_address_space(), ownMemory.total),
    ] {
      sandbox_set_limit(
        limit, UInt(own + Self.libraryMemory + allowance),
        UInt(own + Self.libraryMemory + Self.largestAllowance))
    }
    let seconds = UInt(sandbox_seconds_used() + Self.secondsForRequest)
    sandbox_set_limit(sandbox_limit_processor_time(), seconds, UInt(Int32.max))
  }

  /// Bytes of private memory and of all mappings, as `/proc/self/statm` gives them in pages.
  private static func memoryInUse() -> (data: Int, total: Int) {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").compactMap { Int($0) }
    guard pages.count > 5 else { return (1 << 30, 1 << 34) }
    let pageSize = Int(getpagesize())
    return (pages[5] * pageSize, pages[0] * pageSize)
  }
}
