import Storage
import Tensors
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  @Test("A checkpoint comes back to the last bit")
  func roundTrip() throws {
    try withTemporaryDirectory { directory in
      let checkpoint = sampleCheckpoint()
      try checkpoint.write(to: "\(directory)/c.h5")
      let read = try Checkpoint(contentsOf: "\(directory)/c.h5")
      #expect(read == checkpoint)
      // Equality does not tell -0 from 0.
      for (before, after) in zip(checkpoint.parameters, read.parameters) {
        #expect(
          before.tensor.elements.map(\.bitPattern) == after.tensor.elements.map(\.bitPattern))
      }
    }
  }

  @Test("Not-a-numbers keep their bits, so a broken state can be looked at")
  func notANumber() throws {
    try withTemporaryDirectory { directory in
      var checkpoint = sampleCheckpoint()
      checkpoint.parameters[0].tensor.elements[0] = Float(bitPattern: 0x7fc1_2345)
      try checkpoint.write(to: "\(directory)/c.h5")
      let read = try Checkpoint(contentsOf: "\(directory)/c.h5")
      #expect(read.parameters[0].tensor.elements[0].bitPattern == 0x7fc1_2345)
    }
  }

  @Test("A checkpoint without tensors comes back")
  func empty() throws {
    try withTemporaryDirectory { directory in
      let checkpoint = Checkpoint(step: 0, experiment: "", seed: 0, parameters: [], software: "")
      try checkpoint.write(to: "\(directory)/c.h5")
      #expect(try Checkpoint(contentsOf: "\(directory)/c.h5") == checkpoint)
    }
  }

  @Test("The bytes depend on the content alone")
  func sameBytes() throws {
    let first = try sampleCheckpoint().sealedBytes()
    #expect(try sampleCheckpoint().sealedBytes() == first)
    #expect(try sampleCheckpoint(step: 1001).sealedBytes() != first)
  }

  @Test("Another process makes the same bytes")
  func otherProcess() async throws {
    let result = try await #require(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      print("digest", try sampleDigests().joined(separator: " "))
    }
    let output = String(decoding: result.standardOutputContent, as: UTF8.self)
    #expect(output.contains("digest \(try sampleDigests().joined(separator: " "))"))
  }

  @Test("A model of many tensors fits: the lists of its scales have room")
  func manyTensors() throws {
    let parameters = (0..<1000).map { index in
      NamedTensor(
        name: "blocks.\(index).weight", axes: ["input", "output"],
        tensor: Tensor(zeros: [2, 2]))
    }
    try withTemporaryDirectory { directory in
      let checkpoint = Checkpoint(
        step: 1, experiment: "", seed: 0, parameters: parameters, software: "")
      try checkpoint.write(to: "\(directory)/c.h5")
      #expect(try Checkpoint(contentsOf: "\(directory)/c.h5") == checkpoint)
    }
  }

  @Test("A task set is no checkpoint")
  func otherKind() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/t.h5"
      try sampleTaskSet().write(to: path)
      #expect(
        throws: StorageError.notOurs(path: path, reason: "it is a task set, not a checkpoint")
      ) {
        try Checkpoint(contentsOf: path)
      }
    }
  }
}
