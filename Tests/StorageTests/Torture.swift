import Foundation

/// Whether tests go through all cases, as `make torture` asks, or through a sample of them.
enum Torture {
  static let isOn = ProcessInfo.processInfo.environment["MANABI_TORTURE"] != nil

  /// Prints what was seen, where the figures are what is asked for.
  static func report(_ figures: String) {
    if isOn { print("torture: \(figures)") }
  }
}
