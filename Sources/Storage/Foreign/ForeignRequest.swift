import HDF5

/// What a process that reads a file of others is asked.
enum ForeignRequest: Equatable {
  /// To open the file; always the first.
  case open
  /// Whether the root has a member of a name.
  case contains(String)
  /// Whether a path leads to a dataset within the file.
  case holdsDataset(String)
  /// The paths of some datasets.
  case paths(limit: Int)
  /// What a dataset is.
  case dataset(String)
  /// A single text.
  case text(String)
  /// Rows of a dataset as numbers of a type.
  case elements(String, ElementType, Range<Int>)

  /// The longest in bytes.
  static let largestByteCount = 1 << 16

  var message: [UInt8] {
    var message: [UInt8] = []
    func begin(_ kind: UInt8, _ path: String) {
      message.append(kind)
      message.append(text: path)
    }
    switch self {
    case .open: begin(0, "")
    case .contains(let name): begin(1, name)
    case .holdsDataset(let path): begin(2, path)
    case .paths(let limit):
      begin(3, "")
      message.append(integer: limit)
    case .dataset(let path): begin(4, path)
    case .text(let path): begin(5, path)
    case .elements(let path, let type, let rows):
      begin(6, path)
      message.append(text: type.rawValue)
      message.append(integers: [rows.lowerBound, rows.upperBound])
    }
    return message
  }

  /// - Throws: ``MessageReader/Nonsense`` if the message is none of these.
  init(_ message: [UInt8]) throws(MessageReader.Nonsense) {
    var reader = MessageReader(message)
    let (kind, path) = (try reader.byte(), try reader.text())
    switch kind {
    case 0: self = .open
    case 1: self = .contains(path)
    case 2: self = .holdsDataset(path)
    case 3: self = .paths(limit: try reader.integer())
    case 4: self = .dataset(path)
    case 5: self = .text(path)
    case 6:
      let type = ElementType(rawValue: try reader.text())
      let bounds = try reader.integers(atMost: 2)
      guard let type, bounds.count == 2, bounds[0] <= bounds[1] else {
        throw MessageReader.Nonsense()
      }
      self = .elements(path, type, bounds[0]..<bounds[1])
    default: throw MessageReader.Nonsense()
    }
    try reader.end()
  }
}
