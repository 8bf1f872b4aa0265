package import Foundation

/// The repository whose tests these are.
package enum Repository {
  /// Where `Package.swift` lies.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The PJRT plug-in for processors, which `Scripts/setup xla` fetches.
  package static let processorPlugIn = root.path + "/.build/pjrt/xla_cpu_pjrt.so"
}
