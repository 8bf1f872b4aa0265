import Foundation

/// What this process was given by whoever started it.
enum ProcessCheckup {
  /// - Parameter closed: standard descriptors that were closed when the program was started.
  static func findings(closed: Set<Int32>) -> [Finding] {
    [locale, clock] + limits + [descriptors(closed)]
  }

  private static var locale: Finding {
    let environment = ProcessInfo.processInfo.environment
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    let isUnicode = name.map { $0.uppercased().replacing("-", with: "").hasSuffix("UTF8") } ?? false
    return .ok(
      "locale", (name ?? "not set") + (isUnicode ? "" : "; text is UTF-8 all the same"))
  }

  private static var clock: Finding {
    let now = Date()
    let state = now.formatted(.iso8601)
    // Seconds of 1970 up to 2025; this program is younger.
    return now.timeIntervalSince1970 < 1_735_689_600
      ? .warning("clock", state, "set it: files will bear dates of the past")
      : .ok("clock", state)
  }

  private static var limits: [Finding] {
    let limits = ResourceLimits.current
    let names: [(subject: String, limit: String, least: Int)] = [
      ("open files", "Max open files", 64), ("file size", "Max file size", .max),
      ("address space", "Max address space", .max),
    ]
    return names.map { subject, name, least in
      guard let limit = limits.soft[name] else { return .ok(subject, "not limited") }
      return limit < least
        ? .warning(
          subject, "at most \(least == .max ? ByteCount.text(limit) : String(limit))",
          "raise it with ulimit, unless it is wanted")
        : .ok(subject, "at most \(limit)")
    }
  }

  private static func descriptors(_ closed: Set<Int32>) -> Finding {
    let names = ["input", "output", "errors"]
    let states = names.enumerated().map { number, name in
      "\(name): \(closed.contains(Int32(number)) ? "closed" : kind(of: Int32(number)))"
    }
    let state = states.joined(separator: ", ")
    return closed.isEmpty
      ? .ok("standard streams", state)
      : .warning("standard streams", state, "send them to /dev/null instead of closing them")
  }

  private static func kind(of number: Int32) -> String {
    if isatty(number) == 1 { return "terminal" }
    var status = stat()
    guard fstat(number, &status) == 0 else { return "closed" }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return "file"
    case S_IFIFO: return "pipe"
    case S_IFSOCK: return "socket"
    default: return "device"
    }
  }
}

/// The limits of this process, as `/proc/self/limits` lists them.
private struct ResourceLimits {
  /// By name, those that are limits.
  let soft: [String: Int]

  static var current: ResourceLimits {
    let text = TextFile.ofKernel("/proc/self/limits") ?? ""
    let pairs = text.split(separator: "\n").compactMap { line -> (String, Int)? in
      // Names have blanks in them and are filled up to 26 characters.
      let values = line.dropFirst(26).split(separator: " ")
      guard let limit = values.first.flatMap({ Int($0) }) else { return nil }
      return (line.prefix(26).trimmingBlanks, limit)
    }
    return ResourceLimits(soft: Dictionary(pairs) { first, _ in first })
  }
}
