/// How the episodes of a set are cut into shards: all but the last have as many.
struct TaskSetPartition: Equatable, Sendable {
  let episodeCount: Int
  let shardLength: Int

  init(episodeCount: Int, shardLength: Int) {
    precondition(episodeCount > 0 && shardLength > 0)
    self.episodeCount = episodeCount
    self.shardLength = min(shardLength, episodeCount)
  }

  var shardCount: Int { (episodeCount - 1) / shardLength + 1 }

  /// The episodes of a shard.
  func episodes(ofShard index: Int) -> Range<Int> {
    index * shardLength..<min((index + 1) * shardLength, episodeCount)
  }

  /// The name of a shard's file.
  static func fileName(ofShard index: Int) -> String {
    let digits = String(index)
    return "shard-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".h5"
  }

  /// Whether a file is a shard by its name.
  static func isShard(_ name: String) -> Bool { name.hasPrefix("shard-") && name.hasSuffix(".h5") }
}
