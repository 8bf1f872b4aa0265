/// What is wrong with a dataset of somebody else, and where.
package struct DatasetError: Error, Equatable {
  package enum Problem: Equatable, Sendable {
    /// The first four bytes are not those of an IDX file.
    case notIDX(firstBytes: [UInt8])
    /// The array has another number of axes than it should.
    case axes(found: Int, expected: String)
    case noItems
    /// The file ends before its array does.
    case cutShort(missing: Int, expected: Int)
    case excessBytes(Int)
    /// The extents are too large to be those of an array in memory.
    case impossibleExtents([Int])
    case brokenCompression
    /// Much more was packed than the array that the data begin with.
    case unpacksToMore(than: Int)
    case labelCount(items: Int, labels: Int)
    case notFinite(String)
    case labelNotWhole(String)
    case labelTooLarge(String)
    case noArray(String, known: [String])
    case notNumbers(String)
    /// The HDF5 library refuses the file.
    case unreadable(String)
    case digest(expected: String, found: String)
    case tooManyItems(found: Int, limit: Int)
  }

  /// The file.
  package let path: String
  /// Where in the file, such as `item 17, feature 3`.
  package let place: String?
  package let problem: Problem

  package init(_ path: String, at place: String? = nil, _ problem: Problem) {
    self.path = path
    self.place = place
    self.problem = problem
  }
}

extension DatasetError: CustomStringConvertible {
  package var description: String {
    ([path] + [place].compactMap(\.self)).joined(separator: ", ") + ": \(problem)"
  }
}

extension DatasetError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notIDX(let bytes):
      """
      the file begins with \(Self.hexadecimal(bytes)), which no IDX file does. Name the \
      files as they were published, such as train-images-idx3-ubyte.
      """
    case .axes(let found, let expected):
      "the array has \(found) axes, but \(expected). Check which file is named for what."
    case .noItems:
      "there are no items. Use a file with at least one."
    case .cutShort(let missing, let expected):
      "\(missing) of \(expected) bytes are missing at the end. Copy the file again."
    case .excessBytes(let count):
      "\(count) bytes follow the end of the array. Copy the file again."
    case .impossibleExtents(let extents):
      """
      an array of \(extents.map(String.init).joined(separator: " × ")) does not fit any memory. \
      The header is damaged; copy the file again.
      """
    case .brokenCompression:
      "the compressed data are damaged or cut short. Copy the file again, or unpack it with gunzip."
    case .unpacksToMore(let count):
      "more is packed than the \(count) bytes of its array. Get the file again from where it was published."
    case .labelCount(let items, let labels):
      "there are \(labels) labels for \(items) items. Name the two files of one dataset."
    case .notFinite(let value):
      "'\(value)' is not a finite number of single precision. Correct it or remove the item."
    case .labelNotWhole(let value):
      "the label '\(value)' is not a whole number. Classes are whole numbers; correct the labels."
    case .labelTooLarge(let value):
      "the label '\(value)' is beyond the whole numbers of 64 bits. Number the classes from zero."
    case .noArray(let name, let known):
      """
      there is no array '\(name)' in the file itself; it has \
      \(known.isEmpty ? "none" : known.joined(separator: ", ")).
      """
    case .notNumbers(let name):
      "the elements of '\(name)' are no numbers. Store them as integers or floats."
    case .unreadable(let reason):
      "the file cannot be read: \(reason). Copy it again, or write it anew with h5py."
    case .digest(let expected, let found):
      "the SHA-256 is \(found) instead of \(expected). Copy the file again, or correct `sha256`."
    case .tooManyItems(let found, let limit):
      "there are \(found) items, more than \(limit). Set `limit` to read the first of them."
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "nothing" }
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
