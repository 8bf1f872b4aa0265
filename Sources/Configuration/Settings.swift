/// A configuration type that declares its settings once, in a list.
///
/// ```swift
/// struct Noise: Settings {
///   var scale: Float = 1
///   static let settings = [Setting<Noise>("scale", \.scale, in: 0...10, "standard deviation")]
/// }
/// ```
///
/// What is not given has the value that it has in `init()`.
package protocol Settings: Codable, Hashable, Sendable {
  /// The defaults.
  init()

  /// In the order in which they are written and described.
  static var settings: [Setting<Self>] { get }

  /// Refuses values that do not go together, each of which is within its range.
  ///
  /// - Throws: ``SettingProblem`` with the setting to change.
  func check() throws(SettingProblem)
}

/// What is wrong with the value of a setting beside the others.
package struct SettingProblem: Error, Equatable {
  /// The key of the setting, such as `activeCount`.
  package let setting: String
  /// What is expected, without the key, such as `at most as many as dimensions`.
  package let message: String

  package init(_ setting: String, _ message: String) {
    self.setting = setting
    self.message = message
  }
}

extension Settings {
  package func check() throws(SettingProblem) {}

  /// - Throws: ``ConfigurationError`` for an unknown key, or a value that does not fit.
  package init(from decoder: any Decoder) throws {
    try self.init(from: decoder, besides: [])
  }

  /// Reads the settings from a mapping in which `others` are keys that somebody else reads.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown key, or a value that does not fit.
  package init(from decoder: any Decoder, besides others: [String]) throws {
    self.init()
    let values = try decoder.strictContainer(of: Self.settings.map(\.name), besides: others)
    for setting in Self.settings { try setting.decode(&self, values) }
    do {
      try check()
    } catch {
      throw values.error(ConfigurationKey(error.setting), error.message)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: ConfigurationKey.self)
    for setting in Self.settings { try setting.encode(self, &values) }
  }
}
