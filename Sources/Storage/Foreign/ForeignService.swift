internal import CSandbox
import Foundation
import HDF5

/// The side that parses: answers requests about one file of others, in a process of its own that
/// can do nothing else.
///
/// Requests come in over the socket that is standard input, replies go out over it: a byte that is
/// zero if the request was refused, eight with the length, and that many bytes. The file is
/// descriptor 3. docs/decisions/0009-foreign-files.md says why.
package struct ForeignService: ~Copyable {
  /// The name of the command of this program that runs it.
  package static let command = "read-foreign"
  static let socket: Int32 = 0
  static let fileDescriptor: Int32 = 3

  private let image: MappedFile
  private var sandbox: Sandbox
  private var datasets: [String: OpenDataset] = [:]

  /// A dataset that need not be checked again.
  private final class OpenDataset {
    let dataset: ForeignDataset

    init(_ dataset: consuming ForeignDataset) { self.dataset = dataset }
  }

  private static let openDatasetCount = 16

  /// Answers until nobody asks any more.
  ///
  /// - Returns: whether this process was started to do so.
  package static func run() -> Bool {
    guard sandbox_die_with_parent() == 0, isSocket(socket) else { return false }
    sandbox_close_from(UInt32(fileDescriptor) + 1)
    guard let image = MappedFile(fileDescriptor) else {
      refuse("/", "the file is empty")
      return true
    }
    var service = ForeignService(image: image, sandbox: Sandbox())
    service.serve()
    return true
  }

  private init(image: consuming MappedFile, sandbox: Sandbox) {
    self.image = image
    self.sandbox = sandbox
  }

  private mutating func serve() {
    do throws(HDF5Error) {
      guard case .open = Self.nextRequest() else { return }
      let file = try ForeignFile(image: image.bytes)
      Self.reply([])
      while let request = Self.nextRequest() {
        do throws(HDF5Error) {
          try answer(request, about: file)
        } catch {
          Self.refuse(error.object, error.message)
        }
        image.release()
        sandbox.allow(memory: 0)
      }
    } catch {
      Self.refuse(error.object, error.message)
    }
  }

  private mutating func answer(
    _ request: ForeignRequest, about file: borrowing ForeignFile
  ) throws(HDF5Error) {
    switch request {
    case .open: Self.reply([])
    case .contains(let name): Self.reply([try file.contains(name) ? 1 : 0])
    case .holdsDataset(let path): Self.reply([try file.holdsDataset(path) ? 1 : 0])
    case .paths(let limit):
      var message: [UInt8] = []
      let paths = try file.datasetPaths(atMost: limit)
      message.append(integer: paths.count)
      for path in paths { message.append(text: path) }
      Self.reply(message)
    case .dataset(let path):
      Self.reply(try ForeignDescription(try opened(path, in: file).dataset).message)
    case .text(let path): Self.reply(Array(try opened(path, in: file).dataset.text().utf8))
    case .elements(let path, let type, let rows):
      let open = try opened(path, in: file)
      sandbox.allow(memory: open.dataset.readingByteCount(rows: rows, elementSize: type.size))
      switch type {
      case .float32: Self.reply(elements: try open.dataset.elements(of: Float.self, rows: rows))
      case .float64: Self.reply(elements: try open.dataset.elements(of: Double.self, rows: rows))
      case .int32: Self.reply(elements: try open.dataset.elements(of: Int32.self, rows: rows))
      case .int64: Self.reply(elements: try open.dataset.elements(of: Int64.self, rows: rows))
      case .uint8: Self.reply(elements: try open.dataset.elements(of: UInt8.self, rows: rows))
      }
    }
  }

  private mutating func opened(
    _ path: String, in file: borrowing ForeignFile
  ) throws(HDF5Error) -> OpenDataset {
    if let open = datasets[path] { return open }
    if datasets.count == Self.openDatasetCount { datasets = [:] }
    let open = OpenDataset(try file.dataset(path))
    datasets[path] = open
    return open
  }
}

// MARK: - Messages

extension ForeignService {
  private static func isSocket(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  /// - Returns: nil if there is none any more.
  private static func nextRequest() -> ForeignRequest? {
    var reader = MessageReader(bytes(8) ?? [])
    guard let count = try? reader.integer(), count <= ForeignRequest.largestByteCount,
      let message = bytes(count)
    else { return nil }
    return try? ForeignRequest(message)
  }

  private static func bytes(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let received = bytes.withUnsafeMutableBytes {
        read(socket, $0.baseAddress?.advanced(by: filled), count - filled)
      }
      if received <= 0 { return nil }
      filled += received
    }
    return bytes
  }

  private static func reply(_ message: [UInt8]) { reply(elements: message) }

  private static func reply<Element>(elements: [Element]) {
    elements.withUnsafeBytes { send($0, isRefusal: false) }
  }

  private static func refuse(_ object: String, _ reason: String) {
    var message: [UInt8] = []
    for text in [object, reason] {
      message.append(
        text: String(decoding: text.utf8.prefix(ForeignProcess.longestRefusal / 4), as: UTF8.self))
    }
    message.withUnsafeBytes { send($0, isRefusal: true) }
  }

  private static func send(_ message: UnsafeRawBufferPointer, isRefusal: Bool) {
    var head: [UInt8] = [isRefusal ? 0 : 1]
    head.append(integer: message.count)
    let isSent = head.withUnsafeBytes { write(all: $0) } && write(all: message)
    if !isSent { exit(EXIT_FAILURE) }
  }

  private static func write(all bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(socket, rest.baseAddress, rest.count)
      guard count > 0 else { return false }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return true
  }
}
