internal import CLinux
internal import COneDNN

extension CPUEngine {
  /// The version of oneDNN that is loaded.
  package static var libraryVersion: String {
    guard let version = dnnl_version()?.pointee else { return "unknown" }
    return "\(version.major).\(version.minor).\(version.patch)"
  }

  /// How many single-precision numbers a vector of this build holds.
  package static var vectorLanes: Int { Int(compiled_vector_lanes()) }

  /// Whether this build multiplies and adds in one instruction.
  package static var fusesMultiplyAdds: Bool { compiled_with_fma() != 0 }

  /// Whether the processor multiplies tiles, as far as oneDNN may use them.
  package var multipliesTiles: Bool { library.hasTiles }
}
