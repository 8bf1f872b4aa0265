import Foundation

/// The file systems that the kernel has mounted, as `/proc/self/mountinfo` lists them.
struct MountTable {
  private let mounts: [(point: String, type: String)]

  /// The table of this process, `nil` where there is none to read.
  static var current: MountTable? {
    // The kernel says that the file is empty and then gives its text.
    guard let data = FileManager.default.contents(atPath: "/proc/self/mountinfo") else {
      return nil
    }
    return MountTable(String(decoding: data, as: UTF8.self))
  }

  /// - Parameter text: a line for each mount: numbers, root, point, options, a dash, type and more.
  init(_ text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else {
        return nil
      }
      return (Self.unescaped(words[4]), String(words[dash + 1]))
    }
  }

  /// What the file system that holds a path is called.
  ///
  /// - Parameter path: of something that is there.
  func fileSystemType(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return fileSystemType(ofResolved: String(cString: resolved))
  }

  /// - Parameter path: absolute and free of links.
  func fileSystemType(ofResolved path: String) -> String? {
    var found: (point: String, type: String)?
    // Of mounts on one point the last is the one that is seen.
    for mount in mounts where Self.holds(mount.point, path) {
      if mount.point.utf8.count >= found?.point.utf8.count ?? 0 { found = mount }
    }
    return found?.type
  }

  private static func holds(_ point: String, _ path: String) -> Bool {
    point == "/" || path == point || path.hasPrefix(point + "/")
  }

  /// Blanks, tabs, line feeds and backslashes stand as a backslash and three octal digits.
  private static func unescaped(_ word: Substring) -> String {
    ["\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"].sorted { $0.key < $1.key }
      .reduce(String(word)) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
  }
}
