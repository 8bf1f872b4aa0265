import Episodes
import Storage
import Testing

@Suite("Task sets")
struct TaskSetTests {
  @Test(
    "A task set comes back, with its episodes",
    arguments: [
      sampleTaskSet(), sampleTaskSet(target: .classes(3)), sampleTaskSet(target: .tokens(3)),
      sampleTaskSet(latentCount: 0),
    ])
  func roundTrip(set: TaskSet) throws {
    try withTemporaryDirectory { directory in
      try set.write(to: "\(directory)/t.h5")
      let read = try TaskSet(contentsOf: "\(directory)/t.h5")
      #expect(read == set)
      #expect(read.count == 3)
      #expect(read.episodes == set.episodes)
      #expect(
        TaskSet(family: set.family, seed: set.seed, shape: set.shape, episodes: read.episodes)
          == set)
    }
  }

  @Test("Episodes keep their order")
  func order() {
    let set = sampleTaskSet()
    #expect(set.episodes.map { $0.inputs[0] } == [0, -1, -2])
    #expect(set.episodes.map { $0.latent } == [[0, 1], [-1, 0], [-2, -1]])
  }

  @Test("The bytes depend on the content alone")
  func sameBytes() throws {
    #expect(try sampleTaskSet().sealed().bytes == sampleTaskSet().sealed().bytes)
  }

  @Test("A checkpoint is no task set")
  func otherKind() throws {
    try withTemporaryDirectory { directory in
      try sampleCheckpoint().write(to: "\(directory)/c.h5")
      #expect(throws: StorageError.self) { try TaskSet(contentsOf: "\(directory)/c.h5") }
    }
  }
}
