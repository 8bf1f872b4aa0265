import Episodes
import HDF5
import Storage
import Testing

@Suite("Dumps of tables")
struct PriorDumpTests {
  /// Imports a dump into shards of three episodes.
  private func importDump(
    _ sample: DumpSample = DumpSample(), rows: Int? = nil, in directory: String
  ) throws -> (TaskSetReader, PriorDumpSelection) {
    let path = "\(directory)/dump.h5"
    try sample.write(to: path)
    let dump = try PriorDump(contentsOf: path)
    let selection = try PriorDumpSelection(of: dump, rows: rows)
    let set = selection.description(source: "dump.h5", software: "test")
    _ = try TaskSetWriter.write(
      to: "\(directory)/set", set, shardBytes: 3 * set.shape.byteCount
    ) { try dump.write(selection, to: $0) }
    return (try TaskSetReader("\(directory)/set"), selection)
  }

  /// What table `t` of a sample becomes.
  private func expected(_ table: Int, rows: Int, in sample: DumpSample) -> Episode {
    let shape = EpisodeShape(
      exampleCount: rows, inputDimension: 3, target: .classes(4), latentCount: 3)
    var episode = Episode(shape: shape)
    for row in 0..<rows {
      for feature in 0...table % 3 {
        episode.inputs[row * 3 + feature] = sample.inputs[(table * 6 + row) * 3 + feature]
      }
      episode.targets[row] = sample.targets[table * 6 + row]
    }
    episode.latent = [Float(1 + table % 3), Float(3 + table % 4), 2]
    return episode
  }

  @Test("Every table gives an episode of as many rows as the shortest has")
  func shortest() throws {
    try withTemporaryDirectory { directory in
      let sample = DumpSample()
      let (reader, selection) = try importDump(sample, in: directory)
      #expect(selection.rows == 3 && selection.cutCount == 7 && selection.skippedCount == 0)
      #expect(reader.shardCount == 4 && reader.set.origin == .imported(from: "dump.h5"))
      #expect(
        try reader.episodes(0..<10) == (0..<10).map { expected($0, rows: 3, in: sample) })
    }
  }

  @Test("Shorter tables are left out, longer ones cut", arguments: [4, 5, 6])
  func rows(count: Int) throws {
    try withTemporaryDirectory { directory in
      let sample = DumpSample()
      let (reader, selection) = try importDump(sample, rows: count, in: directory)
      let kept = (0..<10).filter { 3 + $0 % 4 >= count }
      #expect(selection.tables == kept && selection.skippedCount == 10 - kept.count)
      #expect(
        try reader.episodes(0..<kept.count) == kept.map { expected($0, rows: count, in: sample) })
    }
  }

  @Test("Older dumps have another name for the split, and no kind of problem")
  func older() throws {
    try withTemporaryDirectory { directory in
      var sample = DumpSample()
      sample.splitName = "single_eval_pos"
      sample.problem = nil
      let (reader, _) = try importDump(sample, in: directory)
      #expect(reader.set.shape.target == .classes(4))
    }
  }

  @Test("Regression has no classes, and a dump without row counts has full tables")
  func regression() throws {
    try withTemporaryDirectory { directory in
      var sample = DumpSample()
      sample.problem = "regression"
      sample.classCount = nil
      sample.rowCounts = nil
      sample.inputs = sample.inputs.map { $0.isNaN ? 0 : $0 }
      sample.targets = sample.targets.map { $0.isNaN ? 0.5 : $0 - 0.25 }
      let (reader, selection) = try importDump(sample, in: directory)
      #expect(selection.rows == 6 && reader.set.shape.target == .real)
      #expect(try reader.episodes(9..<10)[0].targets == Array(sample.targets.suffix(6)))
    }
  }

  /// What is wrong with a dump, and what the message has to mention.
  struct Fault: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let mention: String
    let spoil: @Sendable (inout DumpSample) -> Void
  }

  static let faults = [
    Fault(testDescription: "X is missing", mention: "/X") { $0.absent = ["X"] },
    Fault(testDescription: "y is missing", mention: "/y") { $0.absent = ["y"] },
    Fault(testDescription: "no features", mention: "/num_features") {
      $0.absent = ["num_features"]
    },
    Fault(testDescription: "no split", mention: "/single_eval_pos") {
      $0.absent = ["train_test_split_index"]
    },
    Fault(testDescription: "ragged", mention: "[10, 5]") { $0.targetRows = 5 },
    Fault(testDescription: "text for X", mention: "numbers") { $0.texts = ["X"] },
    Fault(testDescription: "text for counts", mention: "/num_features") {
      $0.texts = ["num_features"]
    },
    Fault(testDescription: "not a number", mention: "table 4, row 1, feature 0") {
      $0.inputs[(4 * 6 + 1) * 3] = .nan
    },
    Fault(testDescription: "infinite target", mention: "table 2, row 2") {
      $0.targets[2 * 6 + 2] = .infinity
    },
    Fault(testDescription: "half a class", mention: "no class from 0 to 3") {
      $0.targets[7 * 6] = 1.5
    },
    Fault(testDescription: "a class too many", mention: "table 7, row 0") {
      $0.targets[7 * 6] = 4
    },
    Fault(testDescription: "more rows than there are", mention: "7 for table 3") {
      $0.rowCounts?[3] = 7
    },
    Fault(testDescription: "no features in a table", mention: "0 for table 0") {
      $0.featureCounts[0] = 0
    },
    Fault(testDescription: "another problem", mention: "clustering") { $0.problem = "clustering" },
    Fault(testDescription: "no classes", mention: "/max_num_classes") { $0.classCount = nil },
    Fault(testDescription: "absurd classes", mention: "/max_num_classes") { $0.classCount = -1 },
    Fault(testDescription: "not written to the end", mention: "/X") { $0.isUnwritten = true },
  ]

  @Test("A dump that is spoilt is refused, with the place", arguments: faults)
  func refused(fault: Fault) throws {
    try withTemporaryDirectory { directory in
      var sample = DumpSample()
      fault.spoil(&sample)
      let error = try #require(throws: StorageError.self) {
        _ = try importDump(sample, in: directory)
      }
      #expect(error.exitCode == 65)
      #expect(error.description.contains("dump.h5"), "\(error)")
      #expect(error.description.contains(fault.mention), "\(error)")
      // Nothing half-written is left.
      #expect(try POSIXFileSystem().names(in: directory) == ["dump.h5"])
    }
  }

  @Test("More rows than any table has are refused, and what is no HDF5 file")
  func others() throws {
    try withTemporaryDirectory { directory in
      let error = try #require(throws: StorageError.self) {
        _ = try importDump(rows: 7, in: directory)
      }
      #expect(error.exitCode == 65 && error.description.contains("longest has 6"))
      try POSIXFileSystem().replace("\(directory)/text.h5", with: Array("X,y".utf8))
      let text = try #require(throws: StorageError.self) {
        _ = try PriorDump(contentsOf: "\(directory)/text.h5")
      }
      #expect(text.exitCode == 65)
      #expect(throws: StorageError.missing(path: "\(directory)/absent.h5")) {
        _ = try PriorDump(contentsOf: "\(directory)/absent.h5")
      }
    }
  }

  @Test("What is exported comes in again as it was", arguments: [TargetKind.real, .classes(4)])
  func roundTrip(target: TargetKind) throws {
    try withTemporaryDirectory { directory in
      let episodes = sampleEpisodes(70, target: target)
      try writeSample(episodes, to: "\(directory)/set", shardLength: 20)
      let dumpPath = "\(directory)/dump.h5"
      try PriorDumpExport(
        try TaskSetReader("\(directory)/set"), episodes: 5..<70, splitIndex: 3
      ).write(to: dumpPath)
      let dump = try PriorDump(contentsOf: dumpPath)
      #expect(dump.target == target && dump.tableCount == 65)
      let selection = try PriorDumpSelection(of: dump, rows: nil)
      let set = selection.description(source: "dump.h5", software: "test")
      _ = try TaskSetWriter.write(to: "\(directory)/again", set) {
        try dump.write(selection, to: $0)
      }
      let again = try TaskSetReader("\(directory)/again").episodes(0..<65)
      for (index, episode) in again.enumerated() {
        #expect(episode.inputs == episodes.episode(index + 5).inputs)
        #expect(episode.targets == episodes.episode(index + 5).targets)
        #expect(episode.latent == [2, 4, 3])
      }
    }
  }

  @Test("An export keeps what an imported set knows of its tables")
  func importedExport() throws {
    try withTemporaryDirectory { directory in
      let (reader, _) = try importDump(rows: 4, in: directory)
      let path = "\(directory)/out.h5"
      try PriorDumpExport(reader, episodes: 0..<reader.episodeCount, splitIndex: nil)
        .write(to: path)
      let file = try ConfinedFile(contentsOf: path)
      let features = try file.dataset("num_features").elements(of: Int32.self, rows: 0..<7)
      #expect(features == [2, 3, 1, 3, 1, 2, 1].map { Int32($0) })
      #expect(
        try file.dataset("single_eval_pos").elements(of: Int32.self, rows: 0..<7)
          == [Int32](repeating: 2, count: 7))
    }
  }

  @Test("A split has rows on both sides, and tokens are no tables")
  func impossibleExport() throws {
    try withTemporaryDirectory { directory in
      try writeSample(sampleEpisodes(), to: "\(directory)/set", shardLength: 2)
      let reader = try TaskSetReader("\(directory)/set")
      for split in [0, 4] {
        #expect(throws: StorageError.self) {
          _ = try PriorDumpExport(reader, episodes: 0..<3, splitIndex: split)
        }
      }
      try writeSample(
        sampleEpisodes(target: .tokens(5)), to: "\(directory)/tokens", shardLength: 2)
      let tokens = try TaskSetReader("\(directory)/tokens")
      #expect(throws: StorageError.self) {
        _ = try PriorDumpExport(tokens, episodes: 0..<3, splitIndex: nil)
      }
    }
  }
}
