import Foundation
import HDF5

/// A process of this program that parses a file of others for this one and can do nothing else.
///
/// Of what it says nothing is believed: it may be under the control of whoever made the file.
final class ForeignProcess {
  private let process: pid_t
  private let socket: FileDescriptor
  private var hasEnded = false

  /// How long a request may take. Each is small: no more than a block of numbers or one chunk.
  private static let patience = Duration.seconds(20)
  /// The longest account of why a request was refused, in bytes.
  static let longestRefusal = 16 << 10

  /// Starts the process (`socketpair`, `posix_spawn`).
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
    process = try Self.start(socket: other.number, file: raisedFile.number, path)
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

  private static func start(
    socket: Int32, file: Int32, _ path: String
  ) throws(StorageError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, socket, ForeignService.socket)
    // What a crash prints helps nobody who cannot mend the library.
    for number in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, file, ForeignService.fileDescriptor)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: what the terminal sends is for this process alone.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var (noSignals, allSignals) = (sigset_t(), sigset_t())
    sigemptyset(&noSignals)
    sigfillset(&allSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setsigdefault(&attributes, &allSignals)
    let executable = Self.executable
    let arguments = Self.list(["manabi", ForeignService.command])
    let environment = Self.list(Self.environment)
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, arguments, environment)
    guard code == 0 else { throw .system(call: "posix_spawn", path: executable, code: code) }
    return process
  }

  /// Texts as C wants them, to be freed.
  private static func list(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { (text: String) in strdup(text) } + [nil]
  }

  /// This program itself, or the one beside a program that is made of its modules, such as the
  /// tests.
  private static var executable: String {
    let this = "/proc/self/exe"
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: this) else {
      return this
    }
    let program = URL(filePath: path).deletingLastPathComponent().appending(path: "manabi").path
    return program != path && POSIXFileSystem().exists(program) ? program : this
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
    let signal = end() & 0x7f
    switch signal {
    case SIGXCPU:
      return ForeignFileError(
        object,
        "reading it took more than \(Sandbox.secondsForRequest) s of processor time; write it anew")
    case 1...:
      return ForeignFileError(
        object,
        "the HDF5 library crashed on it (signal \(signal)); it is damaged or was made to harm, "
          + "so write it anew")
    default:
      return ForeignFileError(object, "the process that read it has ended; copy the file again")
    }
  }

  /// Ends the process if it still runs (`kill`, `waitpid`).
  ///
  /// - Returns: its status, zero if that is known no more.
  @discardableResult
  private func end() -> Int32 {
    if hasEnded { return 0 }
    hasEnded = true
    var status: Int32 = 0
    // One that has ended keeps its own status.
    kill(process, SIGKILL)
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status
  }
}
