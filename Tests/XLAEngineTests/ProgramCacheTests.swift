#if XLA
  import ComputeGraph
  import Foundation
  import Storage
  import Tensors
  import Testing
  import XLAEngine

  /// Compiled programs that are kept on the disk.
  struct ProgramCacheTests {
    @Test("A program is compiled once, and again if what was kept is damaged")
    func programs() throws {
      let path =
        FileManager.default.temporaryDirectory.path + "/manabi-programs-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let first = try result(CacheDirectory(path))
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      let file = path + "/" + (try #require(names.first))
      #expect(names.count == 1 && first.map(\.elements) == [[6]])
      let kept = try Data(contentsOf: URL(filePath: file))
      let number = try number(of: file)
      #expect(try result(CacheDirectory(path)) == first)
      #expect(try FileManager.default.contentsOfDirectory(atPath: path) == names)
      // Who keeps a program puts a new file in its place.
      #expect(try self.number(of: file) == number, "it was taken as it was")

      for damaged in [kept.prefix(10), kept.prefix(kept.count / 2), kept + [0], Data()] {
        try damaged.write(to: URL(filePath: file))
        #expect(try result(CacheDirectory(path)) == first)
        // It was compiled and kept again.
        #expect(try Data(contentsOf: URL(filePath: file)).count == kept.count)
      }
    }

    /// Of the file in its file system.
    private func number(of path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }

    @Test("Other surroundings are another program")
    func surroundings() throws {
      let path =
        FileManager.default.temporaryDirectory.path + "/manabi-programs-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: path) }
      for surroundings in [[], ["XLA_FLAGS=a"], ["XLA_FLAGS=b"], []] {
        _ = try result(CacheDirectory(path), surroundings)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 3)
    }

    @Test("A directory that takes no files is no reason to fail")
    func noDirectory() throws {
      #expect(try result(CacheDirectory("/proc/no/such/place")) == result(nil))
    }

    /// Three times two, by a compiled program.
    private func result(
      _ cache: CacheDirectory?, _ surroundings: [String] = []
    ) throws -> [Tensor] {
      let engine = try ProcessorEngine.make(cache: cache, surroundings: surroundings)
      let builder = GraphBuilder()
      let product = try builder.input("x", [1]) * builder.input("y", [1])
      return try engine.evaluate(
        builder.graph,
        ["x": Tensor(shape: [1], elements: [3]), "y": Tensor(shape: [1], elements: [2])],
        outputs: [product.value])
    }
  }
#endif
