/// An array of numbers in the format of the MNIST files.
///
/// Two zero bytes, the type of the elements, the number of axes, the extent of each axis in four
/// bytes, then the elements, innermost axis fastest; all numbers are big-endian.
///
/// Source: <https://www.fon.hum.uva.nl/praat/manual/IDX_file_format.html>.
package struct IDXArray {
  enum ElementType: UInt8 {
    case unsignedByte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case integer = 0x0C
    case float = 0x0D
    case double = 0x0E

    /// Bytes of an element.
    var size: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .integer, .float: 4
      case .double: 8
      }
    }
  }

  /// What the first bytes say.
  fileprivate struct Header {
    let elementType: ElementType
    let extents: [Int]
    /// Where the elements begin.
    let start: Int
    /// Of the elements.
    let byteCount: Int

    static let largestByteCount = 4 + 4 * 255
  }

  let elementType: ElementType
  /// Outermost axis first.
  package let extents: [Int]
  /// For errors.
  private let path: String
  private let bytes: [UInt8]
  /// Where the elements begin.
  private let start: Int

  var count: Int { extents.reduce(1, *) }

  /// - Parameters:
  ///   - file: the bytes of the file, perhaps packed by gzip.
  ///   - path: for errors.
  /// - Throws: ``DatasetError`` if the file is of another format, cut short or too long.
  package init(_ file: [UInt8], path: String) throws(DatasetError) {
    let stream = GzipStream(file, path: path)
    let header = try Header(
      try stream?.prefix(Header.largestByteCount) ?? Array(file.prefix(Header.largestByteCount)),
      path: path)
    let expected = header.start + header.byteCount
    let bytes = try stream?.unpacked(atMost: expected) ?? file
    if bytes.count < expected {
      throw DatasetError(path, .cutShort(missing: expected - bytes.count, expected: expected))
    }
    if bytes.count > expected {
      throw DatasetError(path, .excessBytes(bytes.count - expected))
    }
    elementType = header.elementType
    extents = header.extents
    self.path = path
    self.bytes = bytes
    start = header.start
  }

  /// The elements; unsigned bytes are divided by 255, so that they are from 0 to 1.
  func floats() -> [Float] {
    let count = count
    let bytes = bytes.span
    var floats = [Float](repeating: 0, count: count)
    var span = floats.mutableSpan
    switch elementType {
    case .unsignedByte:
      for i in 0..<count { span[i] = Float(bytes[start + i]) / 255 }
    case .signedByte:
      for i in 0..<count { span[i] = Float(Int8(bitPattern: bytes[start + i])) }
    case .short:
      for i in 0..<count { span[i] = Float(Int16(bitPattern: UInt16(word(i)))) }
    case .integer:
      for i in 0..<count { span[i] = Float(Int32(bitPattern: UInt32(word(i)))) }
    case .float:
      for i in 0..<count { span[i] = Float(bitPattern: UInt32(word(i))) }
    case .double:
      for i in 0..<count { span[i] = Float(Double(bitPattern: word(i))) }
    }
    return floats
  }

  /// The elements as labels.
  ///
  /// - Throws: ``DatasetError`` at the first that is not a whole number of 64 bits.
  func wholeNumbers() throws(DatasetError) -> [Int64] {
    switch elementType {
    case .unsignedByte: (0..<count).map { Int64(bytes[start + $0]) }
    case .signedByte: (0..<count).map { Int64(Int8(bitPattern: bytes[start + $0])) }
    case .short: (0..<count).map { Int64(Int16(bitPattern: UInt16(word($0)))) }
    case .integer: (0..<count).map { Int64(Int32(bitPattern: UInt32(word($0)))) }
    case .float:
      try wholeLabels((0..<count).map { Double(Float(bitPattern: UInt32(word($0)))) }, path)
    case .double: try wholeLabels((0..<count).map { Double(bitPattern: word($0)) }, path)
    }
  }

  /// The bits of an element.
  private func word(_ index: Int) -> UInt64 {
    let offset = start + index * elementType.size
    return bytes[offset..<offset + elementType.size].reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension IDXArray.Header {
  /// - Throws: ``DatasetError`` if they are of another format, too few, or claim what cannot be.
  fileprivate init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[3] > 0,
      let elementType = IDXArray.ElementType(rawValue: bytes[2])
    else { throw DatasetError(path, .notIDX(firstBytes: Array(bytes.prefix(4)))) }
    let axes = Int(bytes[3])
    start = 4 + 4 * axes
    guard bytes.count >= start else {
      throw DatasetError(path, .cutShort(missing: start - bytes.count, expected: start))
    }
    extents = (0..<axes).map { axis in
      bytes[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    var size = elementType.size
    for extent in extents {
      // An axis without elements does not make the others possible.
      let product = size.multipliedReportingOverflow(by: max(extent, 1))
      // Leaves room for the header, whose size is added to it.
      guard !product.overflow, product.partialValue < Int.max / 2 else {
        throw DatasetError(path, .impossibleExtents(extents))
      }
      size = product.partialValue
    }
    byteCount = extents.contains(0) ? 0 : size
    self.elementType = elementType
  }
}

/// Labels that a file stores as real numbers.
///
/// - Throws: ``DatasetError`` at the first that is not a whole number of 64 bits.
func wholeLabels(_ labels: [Double], _ path: String) throws(DatasetError) -> [Int64] {
  var numbers: [Int64] = []
  numbers.reserveCapacity(labels.count)
  for (index, label) in labels.enumerated() {
    guard label.rounded() == label else {
      throw DatasetError(path, at: "item \(index + 1)", .labelNotWhole("\(label)"))
    }
    guard let number = Int64(exactly: label) else {
      throw DatasetError(path, at: "item \(index + 1)", .labelTooLarge("\(label)"))
    }
    numbers.append(number)
  }
  return numbers
}
