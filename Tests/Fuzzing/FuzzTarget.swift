/// A reader of the program that is fed with bytes of any kind.
///
/// Whatever the bytes are, the reader accepts them or throws the error that it promises; anything
/// else ends the process, which the fuzzer reports with the bytes.
struct FuzzTarget: Sendable {
  /// How the command line calls it.
  let name: String
  /// The longest input that is worth trying, in bytes.
  var longestInput = 1 << 16
  /// Of the time, relative to those of the others.
  var share = 1
  /// Words that readers of this kind look for, for the fuzzer to put together.
  var words: [String] = []
  /// Inputs to begin with, most of which the reader accepts.
  var seeds: @Sendable () throws -> [[UInt8]] = { [] }
  /// Reads the bytes and uses what was read.
  let run: @Sendable ([UInt8]) -> Void

  static let all = [
    seal, idx, gzip, table, metrics, overrides, family, experiment, sweep,
  ]
}

/// Ends the process if a reader does not keep a promise.
func expect(_ condition: Bool, _ promise: String) {
  guard condition else { fatalError(promise) }
}
