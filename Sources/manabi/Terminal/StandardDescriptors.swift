import Glibc

/// What a program may take for granted about how it was started, made true before anything else.
///
/// Descriptors 0 to 2 that were closed would be given to the next files that are opened, and
/// messages would end up in a checkpoint. Signals that end the program for a write that fails would
/// hide what failed.
enum StandardDescriptors {
  /// The descriptors that were closed when the program was started, which is when this has to be
  /// asked for first.
  static let closed: Set<Int32> = secure()

  /// Opens `/dev/null` for standard descriptors that are closed, and lets writes to closed pipes
  /// and beyond the limit of file sizes fail instead of ending the program.
  ///
  /// Standard output gets it for reading, so that data which is lost is an error.
  private static func secure() -> Set<Int32> {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let closed = (STDIN_FILENO...STDERR_FILENO).filter {
      fcntl($0, F_GETFD) == -1 && errno == EBADF
    }
    for number in closed {
      // The system gives out the lowest number that is free, which is the one at hand.
      let opened = open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY)
      if opened != number { _exit(ExitStatus.inputOutput.rawValue) }
    }
    return Set(closed)
  }

  /// Writes all bytes of a text.
  ///
  /// - Returns: zero or the error number of the `write` that failed.
  static func write(_ text: String, to number: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(number, rest.baseAddress, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        } else if errno == EAGAIN {
          // Whoever shares the terminal or the pipe has made it not wait.
          var place = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
          poll(&place, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }
}
