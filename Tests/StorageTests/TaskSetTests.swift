import Episodes
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Task sets")
struct TaskSetTests {
  @Test(
    "A shard comes back, with its episodes",
    arguments: [
      sampleTaskSet(), sampleTaskSet(target: .classes(3)), sampleTaskSet(target: .tokens(3)),
      sampleTaskSet(latentCount: 0),
    ])
  func roundTrip(shard: TaskSetShard) throws {
    try withTemporaryDirectory { directory in
      try shard.write(to: "\(directory)/t.h5")
      #expect(try TaskSetShard(contentsOf: "\(directory)/t.h5") == shard)
    }
  }

  @Test("An imported set says where it comes from")
  func imported() throws {
    let episodes = sampleEpisodes()
    let set = TaskSetDescription(
      origin: .imported(from: "dump.h5"), shape: episodes.shape, episodeCount: 3, software: "test")
    try withTemporaryDirectory { directory in
      let path = "\(directory)/t.h5"
      try TaskSetShard(whole: set, episodes: episodes).write(to: path)
      #expect(try TaskSetReader(path).set == set)
      let summary = try FileSummary(contentsOf: path)
      #expect(summary.seed == nil && summary.description.contains("source    dump.h5"))
    }
  }

  @Test("Episodes keep their order")
  func order() {
    let episodes = (0..<3).map { sampleEpisodes().episode($0) }
    #expect(episodes.map { $0.inputs[0] } == [0, -1, -2])
    #expect(episodes.map { $0.latent } == [[0, 1], [-1, 0], [-2, -1]])
  }

  @Test("The bytes depend on the content alone")
  func sameBytes() throws {
    let first = try sampleTaskSet().sealedBytes()
    #expect(try sampleTaskSet().sealedBytes() == first)
  }

  @Test("A checkpoint is no task set")
  func otherKind() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/c.h5"
      try sampleCheckpoint().write(to: path)
      #expect(throws: StorageError.self) { try TaskSetShard(contentsOf: path) }
      #expect(
        throws: StorageError.notOurs(path: path, reason: "it is a checkpoint, not a task set")
      ) { try TaskSetReader(path) }
    }
  }

  @Test(
    "However a set is cut, its episodes are the same, in any order", arguments: [1, 3, 4, 10, 11])
  func shardLengths(length: Int) throws {
    let episodes = sampleEpisodes(10, target: .classes(3))
    try withTemporaryDirectory { directory in
      let path = "\(directory)/set"
      let digest = try writeSample(episodes, to: path, shardLength: length)
      let reader = try TaskSetReader(path)
      #expect(reader.digest == digest)
      #expect(reader.episodeCount == 10 && reader.shardCount == (9 / length + 1))
      for range in [0..<10, 2..<9, 7..<7, 9..<10, 0..<1, 3..<7] {
        #expect(try reader.episodes(range) == range.map { episodes.episode($0) }, "\(range)")
      }
      // Each shard stands for itself.
      let last = try TaskSetShard(contentsOf: try #require(reader.shardPaths.last))
      #expect(last.firstEpisode == (reader.shardCount - 1) * min(length, 10))
      #expect(last.episodes.episode(last.episodes.count - 1) == episodes.episode(9))
    }
  }

  @Test("The next shard is read ahead, and none twice in a pass")
  func readAhead() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/set"
      try writeSample(sampleEpisodes(8), to: path, shardLength: 2)
      let system = FailingFileSystem(failingCall: .max)
      let reader = try TaskSetReader(path, fileSystem: system)
      func expectReads(_ shards: [Int]) {
        let expected = shards.map { "\(path)/shard-0000\($0).h5" }
        // The thread that reads ahead gets its turn, if there is one.
        for _ in 0..<10_000_000 where system.filesRead.count < expected.count { sched_yield() }
        #expect(system.filesRead == expected)
      }
      expectReads([0])
      _ = try reader.episodes(1..<2)
      expectReads([0, 1])
      for number in 0..<8 { _ = try reader.episodes(number..<number + 1) }
      expectReads([0, 1, 2, 3, 0])
      _ = try reader.episodes(0..<1)
      expectReads([0, 1, 2, 3, 0, 1])
    }
  }

  @Test("A name that ends in .h5 is one file, and only that")
  func oneFile() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/set.h5"
      let error = try #require(throws: StorageError.self) {
        try writeSample(sampleEpisodes(), to: path, shardLength: 2)
      }
      #expect(error.exitCode == 65 && error.description.contains("2 shards"))
      try writeSample(sampleEpisodes(), to: path, shardLength: 3)
      #expect(try POSIXFileSystem().names(in: directory) == ["set.h5"])
      #expect(try TaskSetReader(path).episodes(1..<3).count == 2)
    }
  }

  @Test("A directory is summarised")
  func summary() throws {
    try withTemporaryDirectory { directory in
      let digest = try writeSample(sampleEpisodes(), to: "\(directory)/set", shardLength: 2)
      let summary = try TaskSetSummary(contentsOf: "\(directory)/set")
      #expect(summary.shards == 2 && summary.episodes == 3 && summary.sha256 == digest)
      #expect(summary.first.shard?.count == 2)
      let bytes = try POSIXFileSystem().names(in: "\(directory)/set").reduce(0) { sum, name in
        sum + (try POSIXFileSystem().read("\(directory)/set/\(name)").count)
      }
      #expect(summary.bytes == bytes)
      #expect(summary.description.contains("episode 2"))
    }
  }
}
