import Foundation

/// The target that `FUZZ_TARGET` names; the program is started anew for each.
private let target: FuzzTarget? = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"]
  return FuzzTarget.all.first { $0.name == name }
}()

/// Called by libFuzzer before the first input.
///
/// With `FUZZ_CORPUS` it writes the seeds and the dictionary of every target below that directory,
/// lists the targets with their longest input and share, and ends.
@_cdecl("LLVMFuzzerInitialize")
func initializeFuzzing(
  _ count: UnsafeMutablePointer<Int32>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> Int32 {
  if let corpus = ProcessInfo.processInfo.environment["FUZZ_CORPUS"] {
    do {
      for target in FuzzTarget.all {
        try target.writeCorpus(to: URL(filePath: corpus))
        print(target.name, target.longestInput, target.share)
      }
    } catch {
      fatalError("\(error)")
    }
    exit(0)
  }
  guard target != nil else { fatalError("FUZZ_TARGET names none of the targets") }
  return 0
}

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
func runOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  target?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

extension FuzzTarget {
  /// Writes `NAME/seed-N` and `NAME.words`.
  func writeCorpus(to directory: URL) throws {
    let folder = directory.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (index, seed) in try seeds().enumerated() {
      try Data(seed).write(to: folder.appending(path: "seed-\(index)"))
    }
    let lines = Set(words).sorted().map { word in
      "\""
        + word.utf8.map { byte in
          let digits = String(byte, radix: 16)
          return "\\x" + (digits.count == 1 ? "0" : "") + digits
        }.joined() + "\"\n"
    }
    try Data(lines.joined().utf8).write(to: directory.appending(path: "\(name).words"))
  }
}
