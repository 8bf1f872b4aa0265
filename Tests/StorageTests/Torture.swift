import Foundation

/// Whether tests go through all cases, as `make torture` asks, or through a sample of them.
enum Torture {
  static let isOn = ProcessInfo.processInfo.environment["MANABI_TORTURE"] != nil
}
