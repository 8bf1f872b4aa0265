import HDF5

/// What the process that reads a file of others says of a dataset.
struct ForeignDescription: Equatable {
  let elementClass: ForeignDataset.ElementClass
  let holdsUnsignedBytes: Bool
  /// Outermost axis first.
  let extents: [Int]
  /// Empty if it is not stored in chunks.
  let chunkExtents: [Int]

  /// The most axes that HDF5 knows.
  private static let largestRank = 32
  /// The longest in bytes.
  static let largestByteCount = 1024

  init(_ dataset: borrowing ForeignDataset) throws(HDF5Error) {
    elementClass = dataset.elementClass
    holdsUnsignedBytes = try dataset.holdsUnsignedBytes()
    extents = dataset.extents
    chunkExtents = dataset.chunkExtents ?? []
  }

  var message: [UInt8] {
    var message = [elementClass.rawValue, holdsUnsignedBytes ? 1 : 0]
    message.append(integers: extents)
    message.append(integers: chunkExtents)
    return message
  }

  /// - Parameters:
  ///   - message: what was received.
  ///   - count: how many elements the file may hold.
  /// - Throws: ``MessageReader/Nonsense`` if it is none, or such a dataset cannot be in the file.
  init(_ message: [UInt8], elementsAtMost count: Int) throws(MessageReader.Nonsense) {
    var reader = MessageReader(message)
    let elementClass = ForeignDataset.ElementClass(rawValue: try reader.byte())
    holdsUnsignedBytes = try reader.byte() == 1
    extents = try reader.integers(atMost: Self.largestRank)
    chunkExtents = try reader.integers(atMost: Self.largestRank)
    try reader.end()
    var elements = 1
    for extent in extents {
      // Products of the others are then safe to take as well.
      let product = elements.multipliedReportingOverflow(by: max(1, extent))
      guard !product.overflow, product.partialValue <= count else { throw MessageReader.Nonsense() }
      elements = product.partialValue
    }
    guard let elementClass, chunkExtents.isEmpty || chunkExtents.count == extents.count,
      chunkExtents.allSatisfy({ $0 > 0 })
    else { throw MessageReader.Nonsense() }
    self.elementClass = elementClass
  }
}
