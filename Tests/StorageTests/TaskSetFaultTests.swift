import Foundation
import Storage
import TestSupport
import Testing

@Suite("Task sets that are not whole")
struct TaskSetFaultTests {
  /// A set of five shards, changed by `change`, which knows the path of a shard by its number.
  private func expectError(
    _ mention: String, at index: Int, change: ((Int) -> String) throws -> Void
  ) throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/set"
      try writeSample(sampleEpisodes(10), to: path, shardLength: 2)
      let shard = { (index: Int) in "\(path)/shard-0000\(index).h5" }
      try change(shard)
      let error = try #require(throws: StorageError.self) {
        _ = try TaskSetReader(path).episodes(0..<10)
      }
      #expect(error.exitCode == 65)
      #expect(error.description.contains(shard(index)), "\(error)")
      #expect(error.description.contains(mention), "\(error)")
    }
  }

  @Test("A missing shard is named", arguments: [0, 2, 4])
  func missing(index: Int) throws {
    try expectError("is missing", at: index) { try POSIXFileSystem().remove($0(index)) }
  }

  @Test("A shard under the name of another is named")
  func duplicate() throws {
    try expectError("copy of shard 1", at: 3) { shard in
      try POSIXFileSystem().replace(shard(3), with: try POSIXFileSystem().read(shard(1)))
    }
  }

  @Test("A shard too many is named")
  func excess() throws {
    try expectError("copy of shard 0", at: 5) { shard in
      try POSIXFileSystem().replace(shard(5), with: try POSIXFileSystem().read(shard(0)))
    }
  }

  @Test("A shard of another seed, or of a set that is cut otherwise, is named", arguments: [2, 3])
  func foreign(length: Int) throws {
    try expectError("belongs to another set", at: 1) { shard in
      try withTemporaryDirectory { other in
        try writeSample(
          sampleEpisodes(10), to: "\(other)/set", shardLength: length, seed: UInt64(length))
        try POSIXFileSystem().replace(
          shard(1), with: try POSIXFileSystem().read("\(other)/set/shard-00001.h5"))
      }
    }
  }

  @Test("A changed bit is found when its shard is read", arguments: [0, 3, 4])
  func damaged(index: Int) throws {
    try expectError("SHA-256", at: index) { shard in
      var bytes = try POSIXFileSystem().read(shard(index))
      bytes[bytes.count / 2] ^= 1
      try POSIXFileSystem().replace(shard(index), with: bytes)
    }
  }

  @Test("A checkpoint among the shards is named")
  func otherKind() throws {
    try expectError("a checkpoint", at: 2) { try sampleCheckpoint().write(to: $0(2)) }
  }

  @Test("One shard of several is not a set, and an empty directory neither")
  func notASet() throws {
    try withTemporaryDirectory { directory in
      try writeSample(sampleEpisodes(), to: "\(directory)/set", shardLength: 2)
      for path in ["\(directory)/set/shard-00000.h5", directory] {
        let error = try #require(throws: StorageError.self) { try TaskSetReader(path) }
        #expect(error.exitCode == 65)
      }
      #expect(throws: StorageError.missing(path: "\(directory)/absent")) {
        try TaskSetReader("\(directory)/absent")
      }
    }
  }

  /// More calls than writing three shards makes: the last of them succeed.
  @Test("Whichever call fails, there is a whole set or nothing", arguments: 1...28)
  func failingCall(_ failingCall: Int) throws {
    try withTemporaryDirectory { directory in
      let failing = FailingFileSystem(failingCall: failingCall)
      var failure: StorageError?
      do {
        try writeSample(
          sampleEpisodes(6), to: "\(directory)/set", shardLength: 2, fileSystem: failing)
      } catch let error as StorageError {
        failure = error
      }
      #expect((failure == nil) == (failing.callCount < failingCall))
      #expect(failure.map(\.exitCode) ?? 74 == 74)
      let names = try POSIXFileSystem().names(in: directory)
      if names == ["set"] {
        #expect(try TaskSetReader("\(directory)/set").episodes(0..<6).count == 6)
      } else {
        #expect(names.isEmpty && failure != nil)
      }
    }
  }

  @Test("A disk that stays broken leaves nothing under the name of the set", arguments: 2...17)
  func brokenDisk(failingCall: Int) throws {
    try withTemporaryDirectory { directory in
      let failing = FailingFileSystem(failingCall: failingCall, staysBroken: true)
      #expect(throws: StorageError.self) {
        try writeSample(
          sampleEpisodes(6), to: "\(directory)/set", shardLength: 2, fileSystem: failing)
      }
      #expect(!POSIXFileSystem().exists("\(directory)/set"))
    }
  }

  /// A disk that stays broken leaves what a kill at the same call would leave.
  @Test(
    "Whichever call of a replacement fails, the old set or the new one is whole, and the next succeeds",
    arguments: 1...24, [true, false])
  func failingReplacement(_ failingCall: Int, exchangesNames: Bool) throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/set"
      try writeSample(sampleEpisodes(6), to: path, shardLength: 6, seed: 1)
      let failing = FailingFileSystem(
        failingCall: failingCall, staysBroken: true, exchangesNames: exchangesNames)
      _ = try? writeSample(
        sampleEpisodes(4), to: path, shardLength: 2, seed: 2, replaces: true, fileSystem: failing)
      // Where names cannot be exchanged, the next writer brings the old set back.
      if exchangesNames || POSIXFileSystem().exists(path) {
        let set = try TaskSetReader(path)
        #expect([4, 6].contains(set.episodeCount))
        #expect(try set.episodes(0..<set.episodeCount).count == set.episodeCount)
      }
      try writeSample(sampleEpisodes(4), to: path, shardLength: 4, seed: 2, replaces: true)
      #expect(try TaskSetReader(path).episodeCount == 4)
      #expect(try POSIXFileSystem().names(in: directory) == ["set"])
    }
  }

  @Test("Writing that is given up leaves nothing")
  func givenUp() throws {
    try withTemporaryDirectory { directory in
      let episodes = sampleEpisodes(4)
      let digest = try TaskSetWriter.write(
        to: "\(directory)/set", sampleDescription(of: episodes),
        shardBytes: 2 * episodes.shape.byteCount
      ) { writer in
        try writer.append(
          EpisodeArrays(shape: episodes.shape, episodes: (0..<2).map { episodes.episode($0) }))
        return false
      }
      #expect(digest == nil)
      #expect(try POSIXFileSystem().names(in: directory).isEmpty)
    }
  }

  @Test("What is there is replaced only if asked for, and only a task set")
  func replacing() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/set"
      try writeSample(sampleEpisodes(6), to: path, shardLength: 2)
      #expect(throws: StorageError.exists(path: path)) {
        try writeSample(sampleEpisodes(4), to: path, shardLength: 2)
      }
      #expect(try TaskSetReader(path).episodeCount == 6)
      try writeSample(sampleEpisodes(4), to: path, shardLength: 4, replaces: true)
      #expect(try POSIXFileSystem().names(in: path) == ["shard-00000.h5"])
      #expect(try POSIXFileSystem().names(in: directory) == ["set"])

      try POSIXFileSystem().replace("\(path)/notes.txt", with: [1])
      #expect(throws: StorageError.exists(path: path)) {
        try writeSample(sampleEpisodes(4), to: path, shardLength: 2, replaces: true)
      }
    }
  }

  @Test("What an earlier process left is not taken over in silence")
  func leftover() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/set"
      try POSIXFileSystem().createDirectory("\(path).partial")
      try POSIXFileSystem().replace("\(path).partial/shard-00007.h5", with: [1])
      #expect(throws: StorageError.exists(path: "\(path).partial")) {
        try writeSample(sampleEpisodes(4), to: path, shardLength: 2)
      }
      try writeSample(sampleEpisodes(4), to: path, shardLength: 2, replaces: true)
      #expect(try POSIXFileSystem().names(in: directory) == ["set"])
      #expect(try POSIXFileSystem().names(in: path).count == 2)
    }
  }
}
