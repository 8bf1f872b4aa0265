import Foundation
import MetaTraining
import Storage

extension FuzzTarget {
  /// The log of a run.
  static let metrics = FuzzTarget(
    name: "metrics",
    words: [
      "\"step\":", "\"loss\":", "\"gradientNorm\":", "\"gradientHash\":", "\"skipped\":",
      "\"heldOut\":", "\"first\":", "\"last\":", "\"mean\":", "\"metric\":", "\"nonFiniteStep\":",
      "\"learningRateScale\":", "\"nan\"", "\"inf\"", "1e99",
      "{", "}\n", "\\u0000", "\\ud800", "null", "true",
    ],
    seeds: {
      [
        #"{"gradientHash":"00112233445566ff","gradientNorm":0.5,"loss":1.25,"step":1}"#,
        #"{"gradientHash":"0","gradientNorm":"inf","loss":"nan","skipped":true,"step":-1}"#,
        #"{"heldOut":{"first":1,"last":0.5,"mean":0.75,"metric":"squaredError"},"step":500}"#,
        #"{"learningRateScale":0.5,"nonFiniteStep":7,"step":5}"#,
      ].map { Array("\($0)\n".utf8) }
    },
    run: { bytes in
      do {
        let fileSystem = POSIXFileSystem()
        let file = try fileSystem.create(metricsPath)
        try bytes.withUnsafeBytes { try fileSystem.write($0, to: file) }
        var count = 0
        try MetricsReader(metricsPath).forEach { (_: MetricsRecord) in
          count += 1
          return true
        }
        expect(count == bytes.count { $0 == UInt8(ascii: "\n") }, "A line is a record.")
      } catch let error as StorageError {
        expect(error.exitCode == 65, "\(error)")
      } catch {
        fatalError("\(error)")
      }
    })

  /// Of a file for each process.
  private static let metricsPath =
    FileManager.default.temporaryDirectory
    .appending(path: "metrics-\(ProcessInfo.processInfo.processIdentifier).jsonl").path
}
