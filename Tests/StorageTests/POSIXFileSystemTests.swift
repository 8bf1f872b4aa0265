import Foundation
import Storage
import Testing

@Suite("The file system of the machine")
struct POSIXFileSystemTests {
  private let fileSystem = POSIXFileSystem()

  @Test("What cannot be looked at is not taken for absent")
  func doubt() throws {
    try withTemporaryDirectory { directory in
      let loop = "\(directory)/loop"
      try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
      #expect(fileSystem.exists(loop))
      #expect(throws: StorageError.system(call: "open", path: loop, code: ELOOP)) {
        try fileSystem.read(loop)
      }
      try fileSystem.replace("\(directory)/file", with: [1])
      for absent in ["absent", "absent/below", "file/below"] {
        #expect(!fileSystem.exists("\(directory)/\(absent)"))
      }
    }
  }

  @Test("Directories are made with those above them, and may be there already")
  func createDirectory() throws {
    try withTemporaryDirectory { directory in
      for _ in 0..<2 { try fileSystem.createDirectory("\(directory)/a/b/c") }
      #expect(fileSystem.isDirectory("\(directory)/a/b/c"))
      try fileSystem.replace("\(directory)/file", with: [1])
      let below = "\(directory)/file/below"
      #expect(throws: StorageError.system(call: "mkdir", path: below, code: ENOTDIR)) {
        try fileSystem.createDirectory(below)
      }
    }
  }

  @Test("Two directories take each other's names")
  func exchange() throws {
    try withTemporaryDirectory { directory in
      for name in ["a", "b"] {
        try fileSystem.createDirectory("\(directory)/\(name)")
        try fileSystem.replace("\(directory)/\(name)/\(name).txt", with: [1])
      }
      try fileSystem.exchange("\(directory)/a", with: "\(directory)/b")
      #expect(try fileSystem.names(in: "\(directory)/a") == ["b.txt"])
      #expect(try fileSystem.names(in: "\(directory)/b") == ["a.txt"])
      #expect(throws: StorageError.missing(path: "\(directory)/c")) {
        try fileSystem.exchange("\(directory)/a", with: "\(directory)/c")
      }
    }
  }
}
