import Foundation

/// The most memory that the program held in this run.
enum PeakMemory {
  /// The largest resident set so far, as the kernel of Linux counts it; `nil` elsewhere.
  ///
  /// Read from `/proc`: `getrusage` also counts what the process held before it became this program.
  static var mebibytes: Double? {
    guard let status = TextFile.ofKernel("/proc/self/status") else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
      .flatMap { Double($0) }.map { $0 / 1024 }
  }
}
