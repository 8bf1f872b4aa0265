package import Foundation

/// The repository whose tests these are.
package enum Repository {
  /// Where `Package.swift` lies.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
}
