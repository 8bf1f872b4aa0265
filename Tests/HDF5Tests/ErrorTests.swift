import HDF5
import Testing

@Suite("Errors of the HDF5 library")
struct ErrorTests {
  @Test("An error names function and object and carries the library's reasons")
  func missingDataset() throws {
    let file = try File(image: try sampleImage())
    let numbers = try file.root().group("numbers")
    let error = try #require(throws: HDF5Error.self) { _ = try numbers.dataset("absent") }
    #expect(error.function == "H5Dopen2")
    #expect(error.object == "/numbers/absent")
    #expect(error.message.contains("doesn't exist"))
    #expect(error.description.hasPrefix("H5Dopen2 failed for `/numbers/absent`: "))
  }

  @Test("Bytes that are no file are refused", arguments: [0, 100, 511, 512, 2000])
  func notAFile(count: Int) {
    #expect(throws: HDF5Error.self) { _ = try File(image: [UInt8](repeating: 7, count: count)) }
  }

  @Test("A name can be used once")
  func nameTaken() throws {
    let file = try File()
    let root = try file.root()
    _ = try root.createGroup("a")
    let error = try #require(throws: HDF5Error.self) { _ = try root.createGroup("a") }
    #expect(error.function == "H5Gcreate2")
    try root.setAttribute("b", 1)
    #expect(throws: HDF5Error.self) { try root.setAttribute("b", 1) }
  }

  @Test("Elements are read as the type they have")
  func wrongType() throws {
    let file = try File(image: try sampleImage())
    let single = try file.root().dataset("single")
    let error = try #require(throws: HDF5Error.self) { _ = try single.elements(of: Double.self) }
    #expect(error.message == "the elements are not of type float64")
  }

  @Test("A dataset that does not hold its numbers is refused before memory is taken for it")
  func noStorage() throws {
    let file = try File(image: try sampleImage())
    let scale = try file.root().dataset("feature")
    #expect(throws: HDF5Error.self) { _ = try scale.elements(of: Float.self) }
  }

  @Test("Attributes are read as the type they have")
  func wrongAttribute() throws {
    let file = try File(image: try sampleImage())
    let root = try file.root()
    #expect(throws: HDF5Error.self) { _ = try root.text("step") }
    #expect(throws: HDF5Error.self) { _ = try root.integer("software") }
    #expect(throws: HDF5Error.self) { _ = try root.integer("absent") }
  }
}
