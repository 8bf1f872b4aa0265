import Foundation
import HDF5

/// A process of this program that parses a file of others for this one and can do nothing else.
///
/// Of what it says nothing is believed: it may be under the control of whoever made the file.
final class ForeignProcess {
  private let process: ChildProcess
  private let socket: FileDescriptor
  private var hasEnded = false

  /// How long a request may take. Each is small: no more than a block of numbers or one chunk.
  private static let patience = Duration.seconds(20)
  /// The longest account of why a request was refused, in bytes.
  static let longestRefusal = 16 << 10

  /// Starts the process (`socketpair`).
  ///
  /// - Parameter file: open for reading.
  /// - Throws: ``StorageError/system(call:path:code:)``
  init(reading file: borrowing FileDescriptor) throws(StorageError) {
    let path = file.path
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
    else { throw .system(call: "socketpair", path: path, code: errno) }
    let own = FileDescriptor(ends[0], path: path)
    let other = try Self.raised(FileDescriptor(ends[1], path: path))
    let raisedFile = try Self.raised(file)
    process = try ChildProcess(
      ChildProcess.ownExecutable, [ForeignService.command], environment: Self.environment,
      streams: [
        (ForeignService.socket, .descriptor(other.number)),
        // What a crash prints helps nobody who cannot mend the library.
        (STDOUT_FILENO, .nothing), (STDERR_FILENO, .nothing),
        (ForeignService.fileDescriptor, .descriptor(raisedFile.number)),
      ])
    socket = own
  }

  deinit { end() }

  /// A copy of a descriptor above those that the process gets, which it must not be one of.
  private static func raised(
    _ file: borrowing FileDescriptor
  ) throws(StorageError) -> FileDescriptor {
    let number = fcntl(file.number, F_DUPFD_CLOEXEC, ForeignService.fileDescriptor + 1)
    guard number >= 0 else { throw .system(call: "fcntl", path: file.path, code: errno) }
    return FileDescriptor(number, path: file.path)
  }

  private static var environment: [String] {
    // A crash is to be over at once, and no library to start threads of its own.
    var environment = ["SWIFT_BACKTRACE=enable=no", "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1"]
    let libraries = "LD_LIBRARY_PATH"
    if let path = ProcessInfo.processInfo.environment[libraries] {
      environment.append("\(libraries)=\(path)")
    }
    return environment
  }
}

// MARK: - Requests

extension ForeignProcess {
  /// Sends a request and waits for the reply.
  ///
  /// - Parameters:
  ///   - request: about an object.
  ///   - object: its path, for errors.
  ///   - limit: the most bytes that make sense.
  /// - Throws: ``ForeignFileError`` if it is refused, or the process crashes, takes too long or
  ///   talks nonsense; after which every request is refused.
  func reply(
    to request: ForeignRequest, about object: String, atMost limit: Int
  ) throws(ForeignFileError) -> [UInt8] {
    let deadline = ContinuousClock.now + Self.patience
    let count = try begin(request, about: object, deadline)
    guard count <= limit else { throw nonsense(object) }
    return try receive(count, about: object, deadline)
  }

  /// Sends a request and waits for numbers, as many as were asked for.
  ///
  /// - Throws: ``ForeignFileError`` as ``reply(to:about:atMost:)`` does.
  func elements<Element: DatasetElement>(
    _ count: Int, to request: ForeignRequest, about object: String
  ) throws(ForeignFileError) -> [Element] {
    let deadline = ContinuousClock.now + Self.patience
    guard try begin(request, about: object, deadline) == count * MemoryLayout<Element>.stride else {
      throw nonsense(object)
    }
    return try receive(count, about: object, deadline)
  }

  func nonsense(_ object: String) -> ForeignFileError {
    end()
    return ForeignFileError(
      object, "reading it gave no sense; it is damaged or was made to harm, so write it anew")
  }

  /// - Returns: how many bytes of a reply follow.
  private func begin(
    _ request: ForeignRequest, about object: String, _ deadline: ContinuousClock.Instant
  ) throws(ForeignFileError) -> Int {
    let message = request.message
    guard message.count <= ForeignRequest.largestByteCount else {
      throw ForeignFileError(object, "the path is too long")
    }
    var bytes: [UInt8] = []
    bytes.append(integer: message.count)
    bytes += message
    let sent = hasEnded ? -1 : send(socket.number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    guard sent == bytes.count else { throw death(object) }
    var head = MessageReader(try receive(9, about: object, deadline))
    guard let isGranted = try? head.byte(), let count = try? head.integer() else {
      throw nonsense(object)
    }
    if isGranted == 1 { return count }
    guard isGranted == 0, count <= Self.longestRefusal else { throw nonsense(object) }
    var refusal = MessageReader(try receive(count, about: object, deadline))
    guard let place = try? refusal.text(), let reason = try? refusal.text() else {
      throw nonsense(object)
    }
    throw ForeignFileError(place, reason)
  }

  /// (`poll`, `recv`)
  private func receive<Element: DatasetElement>(
    _ count: Int, about object: String, _ deadline: ContinuousClock.Instant
  ) throws(ForeignFileError) -> [Element] {
    var elements = [Element](repeating: .zero, count: count)
    let byteCount = count * MemoryLayout<Element>.stride
    var filled = 0
    while filled < byteCount {
      let rest = max(.zero, deadline - .now).components
      var waiting = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
      let ready = poll(
        &waiting, 1, Int32(rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000))
      if ready < 0 && errno == EINTR { continue }
      guard ready > 0 else {
        end()
        throw ForeignFileError(
          object, "reading it took longer than \(Self.patience); write it anew in smaller chunks")
      }
      let received = elements.withUnsafeMutableBytes {
        recv(socket.number, $0.baseAddress?.advanced(by: filled), byteCount - filled, 0)
      }
      if received < 0 && errno == EINTR { continue }
      guard received > 0 else { throw death(object) }
      filled += received
    }
    return elements
  }
}

// MARK: - The end

extension ForeignProcess {
  /// What a process died of that no longer answers.
  private func death(_ object: String) -> ForeignFileError {
    switch end() {
    case .signalled(SIGXCPU):
      return ForeignFileError(
        object,
        "reading it took more than \(Sandbox.secondsForRequest) s of processor time; write it anew")
    case .signalled(let signal):
      return ForeignFileError(
        object,
        "the HDF5 library crashed on it (signal \(signal)); it is damaged or was made to harm, "
          + "so write it anew")
    case nil, .exited:
      return ForeignFileError(object, "the process that read it has ended; copy the file again")
    }
  }

  /// Ends the process if it still runs.
  ///
  /// - Returns: what became of it, nil if that is known no more.
  @discardableResult
  private func end() -> ChildProcess.Ending? {
    if hasEnded { return nil }
    hasEnded = true
    // One that has ended keeps its own status.
    process.send(SIGKILL)
    return process.wait()
  }
}
