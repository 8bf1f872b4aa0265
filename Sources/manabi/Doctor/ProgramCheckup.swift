import Baselines
import CPUEngine
import Storage

/// This program: how it was built, and the libraries that it found.
enum ProgramCheckup {
  static var findings: [Finding] {
    [
      .ok("manabi", "\(SoftwareVersion.text), \(compiler)"), build,
      .ok("oneDNN", CPUEngine.libraryVersion), .ok("HDF5", StorageLibraries.hdf5),
      .ok("LAPACK", LinearAlgebraLibrary.version), .ok("zlib", StorageLibraries.zlib),
    ]
  }

  private static var build: Finding {
    let (lanes, fuses) = (CPUEngine.vectorLanes, CPUEngine.fusesMultiplyAdds)
    let state = "vectors of \(lanes) numbers, \(fuses ? "with" : "without") fused multiply-add"
    let present = ProcessorFacts.current.features
    let reach = present.contains("avx512f") ? 16 : present.contains("avx2") ? 8 : 4
    guard lanes < reach || (!fuses && present.contains("fma")) else { return .ok("build", state) }
    return .warning(
      "build", state, "the processor has vectors of \(reach); `make build` builds for it")
  }

  /// The language does not tell its version while a program runs.
  private static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2"
    #endif
  }
}
