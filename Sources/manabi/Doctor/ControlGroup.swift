/// The limits that the kernel keeps for the group of processes that this one belongs to.
struct ControlGroup {
  /// Bytes of memory; `nil` if there is no limit.
  let memoryLimit: Int?
  /// Processors' worth of time; `nil` if there is no limit.
  let processorQuota: Double?

  static var current: ControlGroup {
    let membership = TextFile.ofKernel("/proc/self/cgroup") ?? ""
    return ControlGroup(root: "/sys/fs/cgroup", membership: membership, read: TextFile.ofKernel)
  }

  /// - Parameters:
  ///   - root: where groups are mounted.
  ///   - membership: lines `number:controllers:path`; no controllers for groups of version 2.
  ///   - read: the text of a file, if it is there.
  init(root: String, membership: String, read: (String) -> String?) {
    var (memory, quota): (Int?, Double?) = (nil, nil)
    for line in membership.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let controllers = parts[1].split(separator: ",").map(String.init)
      let top = controllers.isEmpty ? root : "\(root)/\(parts[1])"
      // Groups above limit those inside; from within a container its own group is the top.
      for path in Self.ancestors(of: String(parts[2])) {
        let group = top + path
        if controllers.isEmpty || controllers.contains("memory") {
          memory = Self.least(
            memory,
            Self.limit(read("\(group)/memory.max") ?? read("\(group)/memory.limit_in_bytes")))
        }
        if controllers.isEmpty, let words = read("\(group)/cpu.max")?.split(separator: " ") {
          quota = Self.least(quota, Self.share(words.first, words.last))
        } else if controllers.contains("cpu") {
          quota = Self.least(
            quota,
            Self.share(
              read("\(group)/cpu.cfs_quota_us")?[...], read("\(group)/cpu.cfs_period_us")?[...]))
        }
      }
    }
    (memoryLimit, processorQuota) = (memory, quota)
  }

  /// `/a/b`, `/a` and the top, which has no name.
  private static func ancestors(of path: String) -> [String] {
    let names = path.split(separator: "/")
    return (0...names.count).reversed().map { names.prefix($0).map { "/\($0)" }.joined() }
  }

  /// The number, unless it is a word or one so large that it means none.
  private static func limit(_ text: String?) -> Int? {
    text.flatMap { Int($0[...].withoutBlanks) }.flatMap { $0 < 1 << 60 ? $0 : nil }
  }

  private static func share(_ quota: Substring?, _ period: Substring?) -> Double? {
    guard let quota = quota.flatMap({ Double($0.withoutBlanks) }), quota > 0,
      let period = period.flatMap({ Double($0.withoutBlanks) }), period > 0
    else { return nil }
    return quota / period
  }

  private static func least<Value: Comparable>(_ one: Value?, _ other: Value?) -> Value? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}

extension Substring {
  fileprivate var withoutBlanks: String { split(whereSeparator: \.isWhitespace).joined() }
}
