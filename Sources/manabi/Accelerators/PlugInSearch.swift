import Foundation

/// Where the PJRT plug-ins of Python packages are, and the one that a build of this program brings.
struct PlugInSearch {
  /// Directories in which Python keeps its packages, the most personal first.
  let packages: [String]
  /// Directories in which a build of this program may have put a plug-in.
  let builds: [String]
  /// Whether the system knows a GPU of NVIDIA.
  let hasNVIDIA: Bool

  private static let forNVIDIA = ["xla_cuda13", "xla_cuda12"].map {
    "jax_plugins/\($0)/xla_cuda_plugin.so"
  }
  private static let forProcessors = "xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so"

  /// The plug-in to use if the user names none: for a GPU if there is one.
  var path: String? { candidates.first(where: FileManager.default.fileExists(atPath:)) }

  var candidates: [String] {
    let accelerated =
      hasNVIDIA
      ? packages.flatMap { package in Self.forNVIDIA.map { "\(package)/\($0)" } } : []
    return accelerated + packages.map { "\($0)/\(Self.forProcessors)" }
      + builds.map { "\($0)/pjrt/xla_cpu_pjrt.so" }
  }
}

extension PlugInSearch {
  /// That of this process.
  static var current: PlugInSearch {
    let environment = ProcessInfo.processInfo.environment
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? ""
    return PlugInSearch(
      packages: packages(environment), builds: directories(above: program),
      hasNVIDIA: FileManager.default.fileExists(atPath: "/proc/driver/nvidia/version"))
  }

  /// Virtual environments, those of programs on the path, the user's own, and the system's.
  static func packages(_ environment: [String: String]) -> [String] {
    let environments = ["VIRTUAL_ENV", "CONDA_PREFIX"].compactMap { environment[$0] }
    let programs = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
      .filter { $0.hasSuffix("/bin") }.map { String($0.dropLast(4)) }
    let home = environment["HOME"].map { ["\($0)/.local"] } ?? []
    var seen: Set<String> = []
    return (environments + programs + home + ["/usr/local", "/usr"]).flatMap(pythons)
      .flatMap { ["\($0)/site-packages", "\($0)/dist-packages"] }
      .filter { seen.insert($0).inserted }
  }

  /// The libraries of each Python below a prefix, the newest first.
  private static func pythons(_ prefix: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(prefix)/lib")) ?? []
    return names.filter { $0.hasPrefix("python3") }
      .sorted { $0.compare($1, options: .numeric) == .orderedDescending }
      .map { "\(prefix)/lib/\($0)" }
  }

  private static func directories(above path: String) -> [String] {
    var (url, directories) = (URL(filePath: path), [String]())
    while url.path != "/" {
      url.deleteLastPathComponent()
      directories.append(url.path)
    }
    return directories
  }
}
