import Foundation
import HDF5
import Storage
import Testing

@Suite("HDF5 files of others, read by another process")
struct ConfinedFileTests {
  private func withFile<Value>(
    _ fill: (borrowing Group) throws -> Void, _ body: (ConfinedFile) throws -> Value
  ) throws -> Value {
    let file = try File(hasUserBlock: false)
    try fill(try file.root())
    let image = try file.image()
    return try withTemporaryDirectory { directory in
      let path = "\(directory)/f.h5"
      try POSIXFileSystem().replace(path, with: image)
      return try body(try ConfinedFile(contentsOf: path))
    }
  }

  @Test("Numbers come over as they are, converted, in pieces larger than a request brings")
  func numbers() throws {
    let (rows, width) = (300_000, 32)
    try withFile { root in
      let large = try root.createChunkedDataset(
        "large", type: .int32, extents: [rows, width], chunk: [70_000, width])
      try large.write((0..<Int32(rows * width)).map { $0 }, rows: 0..<rows)
      _ = try root.createDataset("small", extents: [3], elements: [Float(1), -0.0, .infinity])
      _ = try root.createDataset("bytes", extents: [2, 0], elements: [UInt8]())
    } _: { (file) throws in
      let large = try file.dataset("large")
      #expect(large.extents == [rows, width] && large.chunkRowCount == 70_000)
      #expect(large.elementClass == .integer && !large.holdsUnsignedBytes)
      let numbers = try large.elements(of: Double.self)
      #expect(numbers.count == rows * width)
      #expect(numbers.indices.allSatisfy { numbers[$0] == Double($0) })
      let some = try large.elements(of: Int64.self, rows: 69_999..<70_001)
      #expect(some == (0..<64).map { Int64(69_999 * width + $0) })
      let small = try file.dataset("small").elements(of: Float.self)
      #expect(small.map(\.bitPattern) == [1, -0.0, .infinity].map { Float($0).bitPattern })
      let bytes = try file.dataset("bytes")
      #expect(bytes.holdsUnsignedBytes && bytes.extents == [2, 0])
      #expect(try bytes.elements(of: UInt8.self) == [])
    }
  }

  @Test("Datasets are found by their paths, and some of them listed")
  func paths() throws {
    try withFile { root in
      try root.createText("text", "ünïcode")
      let group = try root.createGroup("train")
      for index in 0..<30 {
        _ = try group.createDataset("d\(index)", extents: [1], elements: [Float(index)])
      }
    } _: { (file) throws in
      #expect(try file.contains("train"))
      #expect(try !file.contains("d3"))
      for (path, isThere) in [
        ("train/d3", true), ("/train//d3", true), ("text", true), ("train", false),
        ("train/d3/x", false), ("../train/d3", false), ("", false),
      ] {
        #expect(try file.holdsDataset(path) == isThere, "\(path)")
      }
      #expect(try file.datasetPaths(atMost: 5).count == 5)
      #expect(try file.datasetPaths(atMost: 100).count == 31)
      #expect(try file.dataset("text").text() == "ünïcode")
    }
  }

  @Test("A refused request says where and why, and the next is answered")
  func refusals() throws {
    try withFile { root in
      _ = try root.createDataset("x", extents: [1], elements: [Float(4)])
      try root.createText("text", "a word")
      _ = try root.createChunkedDataset(
        "promise", type: .float32, extents: [1 << 40, 1024], chunk: [64, 1024])
    } _: { (file) throws in
      for (path, mention) in [
        ("absent", "`/absent`: there is no such dataset"), ("promise", "does not hold all"),
        (String(repeating: "x/", count: 10_000), "more than 8"),
        (String(repeating: "x", count: 1 << 17), "too long"),
      ] {
        let error = #expect(throws: ForeignFileError.self) { _ = try file.dataset(path) }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
      }
      let text = try file.dataset("text")
      #expect(throws: ForeignFileError.self) { try text.elements(of: Float.self) }
      #expect(try file.dataset("x").elements(of: Float.self) == [4])
    }
  }

  @Test("Names are shown, not obeyed")
  func names() throws {
    try withFile { root in
      let group = try root.createGroup("\u{1B}[31mred\n")
      _ = try group.createDataset("\u{202E}\u{7}", extents: [1], elements: [Float(4)])
    } _: { (file) throws in
      #expect(try file.datasetPaths(atMost: 9) == ["\\u{1b}[31mred\\u{a}/\\u{202e}\\u{7}"])
      let error = #expect(throws: ForeignFileError.self) { _ = try file.dataset("\u{1B}\u{2028}") }
      #expect(error?.object == "/\\u{1b}\\u{2028}")
    }
    #expect("学ぶ ünï\t".escapingControls == "学ぶ ünï\\u{9}")
  }

  @Test("A file of ten thousand groups within each other is read to a depth of eight")
  func nesting() throws {
    try withFile { root in
      var group = try root.createGroup("g")
      for _ in 0..<10_000 { group = try group.createGroup("g") }
      _ = try group.createDataset("x", extents: [1], elements: [Float(4)])
    } _: { (file) throws in
      #expect(try file.datasetPaths(atMost: 20) == [])
      #expect(try !file.holdsDataset("g/g/g/g/g/x"))
    }
  }

  @Test("What is no file, or no whole HDF5 file, is refused")
  func others() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/f.h5"
      #expect(throws: StorageError.missing(path: path)) { _ = try ConfinedFile(contentsOf: path) }
      let image = try File(hasUserBlock: false).image()
      for bytes in [[], [1], Array(image.prefix(image.count / 2))] as [[UInt8]] {
        try POSIXFileSystem().replace(path, with: bytes)
        #expect(throws: ForeignFileError.self) { _ = try ConfinedFile(contentsOf: path) }
      }
      for place in [directory, "/dev/zero"] {
        let error = #expect(throws: StorageError.self) { _ = try ConfinedFile(contentsOf: place) }
        #expect(error?.exitCode == 65)
      }
    }
  }

  /// The process that has a file open as the descriptor at which it is handed over.
  private func reader(of path: String) throws -> pid_t? {
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.first {
      $0 != getpid()
        && (try? files.destinationOfSymbolicLink(atPath: "/proc/\($0)/fd/3")) == path
    }
  }

  @Test("The process that parses is confined, and its death is an error like others")
  func confinement() throws {
    try withTemporaryDirectory { directory in
      let path = URL(filePath: directory).resolvingSymlinksInPath().path + "/f.h5"
      let image = try File(hasUserBlock: false).image()
      try POSIXFileSystem().replace(path, with: image)
      let file = try ConfinedFile(contentsOf: path)
      let process = try #require(try reader(of: path))
      #expect(try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count == 4)
      let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
      // Kernels without filters do not mention them.
      if status.contains("Seccomp:") {
        #expect(status.contains("Seccomp:\t2\n") && status.contains("NoNewPrivs:\t1\n"))
      }
      let limits = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
      for line in limits.split(separator: "\n") {
        let isBounded = ["Max data size", "Max address space", "Max cpu time"]
          .contains { line.hasPrefix($0) }
        if isBounded { #expect(!line.contains("unlimited"), "\(line)") }
      }
      #expect(try !file.contains("x"))
      kill(process, SIGSEGV)
      for _ in 0..<2 {
        let error = #expect(throws: ForeignFileError.self) { _ = try file.contains("x") }
        #expect(error?.object == "/x")
      }
      // It is gone when its file is, and leaves no zombie behind.
      #expect(kill(process, 0) == -1 && errno == ESRCH)
    }
  }

  @Test("Many may be open at once, in as many processes")
  func several() throws {
    try withFile { root in
      _ = try root.createDataset("x", extents: [1], elements: [Float(1)])
    } _: { (first) throws in
      try withFile { root in
        _ = try root.createDataset("x", extents: [1], elements: [Float(2)])
      } _: { (second) throws in
        #expect(try first.dataset("x").elements(of: Float.self) == [1])
        #expect(try second.dataset("x").elements(of: Float.self) == [2])
      }
    }
  }
}
