import ArgumentParser
import Storage

/// Where a command writes a task set, and how it is cut.
struct TaskSetOutput: ParsableArguments {
  @Option(help: "The set to write: one file if the name ends in .h5, else a directory.")
  var output: String
  @Option(help: "The most bytes of episodes in a shard, such as 512K, 64M or 1G.")
  var shardSize = ByteCount(bytes: TaskSetWriter.standardShardBytes)
  @Flag(help: "Replace a task set that is there already.")
  var force = false
  @Flag(help: "Print JSON.")
  var json = false

  /// What was written.
  struct Summary: Encodable {
    let path: String
    let episodes: Int
    let shards: Int
    /// SHA-256 over the seals of all shards.
    let sha256: String
    /// The most memory that the program held, in MiB.
    let peakMemory: Double?
  }

  /// Writes a set with progress on standard error, and says what was written.
  ///
  /// - Parameter body: appends every shard, and returns whether it did.
  /// - Throws: what `body` throws; `ExitCode` if it was stopped by a signal.
  func write(
    _ set: TaskSetDescription, _ body: (TaskSetWriter, ProgressLine) throws -> Bool
  ) throws {
    let progress = ProgressLine(from: 0, to: set.episodeCount, unit: "episode")
    var shards = 0
    let digest = try StopSignal.whileListening {
      try TaskSetWriter.write(
        to: output, set, shardBytes: shardSize.bytes, replaces: force
      ) { writer in
        shards = writer.shards.count
        defer { progress.finish() }
        return try body(writer, progress)
      }
    }
    guard let digest else {
      Output.note("Stopped. Nothing was written.")
      throw ExitCode(ExitStatus.stopped.rawValue)
    }
    if json {
      try Output.json(
        Summary(
          path: output, episodes: set.episodeCount, shards: shards, sha256: digest,
          peakMemory: PeakMemory.mebibytes))
    } else {
      Output.note(
        "\(output): \(set.episodeCount) episodes in \(shards) shard\(shards == 1 ? "" : "s"). "
          + "Look with: manabi inspect \(output)")
    }
  }
}
