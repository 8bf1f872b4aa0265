package import Configuration

/// A setting that takes several values in a sweep, or several settings that change together.
package struct SweepAxis: Sendable {
  /// What a point has on this axis.
  package struct Value: Sendable {
    package let name: String
    package let changes: [SettingChange]

    package init(_ name: String, _ changes: [SettingChange]) {
      self.name = name
      self.changes = changes
    }
  }

  /// The setting's path, such as `family.taskCount`, or a name of the axis's own where its values
  /// change several settings.
  package let name: String
  package let values: [Value]

  package init(_ name: String, _ values: [Value]) {
    self.name = name
    self.values = values
  }

  /// An axis of one setting.
  ///
  /// - Parameters:
  ///   - path: of the setting.
  ///   - words: its values as YAML writes them.
  package init(_ path: String, _ words: [String]) {
    self.init(path, words.map { Value($0, [SettingChange(path, ConfigurationValue($0))]) })
  }

  /// The last part of a path, which is how people call a setting.
  package var shortName: String { name.split(separator: ".").last.map(String.init) ?? name }
}

/// A setting and what it becomes.
package struct SettingChange: Sendable {
  /// Keys joined by dots.
  package let path: String
  package let value: ConfigurationValue

  package init(_ path: String, _ value: ConfigurationValue) {
    self.path = path
    self.value = value
  }
}
