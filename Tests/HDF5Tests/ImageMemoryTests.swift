import HDF5
import Testing

@Suite("Memory of files")
struct ImageMemoryTests {
  private func file(capacity: Int) throws -> File {
    let file = try File(capacity: capacity)
    let root = try file.root()
    for index in 0..<3 {
      let elements = (0..<500_000).map { Float($0 + index) }
      _ = try root.createDataset("d\(index)", extents: [elements.count], elements: elements)
    }
    return file
  }

  @Test(
    "Bytes do not depend on the memory that is reserved: none, less than needed, on huge pages",
    arguments: [0, 1 << 21, 5_000_000, 1 << 24])
  func capacity(_ capacity: Int) throws {
    let image = try file(capacity: 1 << 20).image()
    #expect(try file(capacity: capacity).image() == image)
    let bytes = try file(capacity: capacity).withBytes { Array($0) }
    #expect(Array(bytes.dropFirst(File.userBlockSize)) == image)
    #expect(try File(image: image).root().dataset("d2").elements(of: Float.self).last == 500_001)
  }
}
