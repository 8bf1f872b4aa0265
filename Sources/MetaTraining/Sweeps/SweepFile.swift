package import Configuration

/// A sweep as its YAML says it.
///
/// ```yaml
/// base: quickstart-classification      # a recipe, a file, or an experiment written out
/// set: {steps: 1000}
/// grid:
///   optimizer.learningRate: [1e-3, 3e-3]
///   size:                              # several settings that change together
///     - {name: small, set: {model.width: 32}}
///     - {name: large, set: {model.width: 64, model.layers: 4}}
///   seed: [0, 1, 2]
/// ```
package struct SweepFile: Sendable {
  /// The name of a recipe or file, or an experiment.
  package let base: ConfigurationValue
  package let changes: [SettingChange]
  package let axes: [SweepAxis]

  package init(base: ConfigurationValue, changes: [SettingChange] = [], axes: [SweepAxis]) {
    self.base = base
    self.changes = changes
    self.axes = axes
  }

  /// The sweep that is meant.
  ///
  /// - Parameters:
  ///   - name: how errors call an experiment that is written out.
  ///   - document: finds the experiment that a name means.
  /// - Throws: what `document` throws; as ``Sweep/init(base:axes:)``.
  package func sweep(
    _ name: String, overrides: [String] = [],
    resolving document: (String) throws -> ConfigurationDocument
  ) throws -> Sweep {
    var base = try self.base.word.map(document) ?? ConfigurationDocument(self.base, name: name)
    for change in changes { try base.override(change.path, with: change.value) }
    for override in overrides { try base.override(override) }
    return try Sweep(base: base, axes: axes)
  }
}

extension SweepFile: Codable {
  package enum CodingKeys: String, CodingKey, CaseIterable {
    case base, set, grid
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
    base = try values.value(.base)
    changes = try values.optional(.set, as: SettingChanges.self)?.changes ?? []
    axes = try values.value(.grid, default: Grid(axes: [])).axes
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(base, forKey: .base)
    if !changes.isEmpty { try values.encode(SettingChanges(changes: changes), forKey: .set) }
    try values.encode(Grid(axes: axes), forKey: .grid)
  }
}

/// Settings by their paths, in the order of the text.
private struct SettingChanges: Codable {
  let changes: [SettingChange]

  init(changes: [SettingChange]) { self.changes = changes }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: ConfigurationKey.self)
    changes = try values.allKeys.map { key in
      SettingChange(key.stringValue, try values.decode(ConfigurationValue.self, forKey: key))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: ConfigurationKey.self)
    for change in changes { try values.encode(change.value, forKey: ConfigurationKey(change.path)) }
  }
}

/// Axes by their names, in the order of the text.
private struct Grid: Codable {
  let axes: [SweepAxis]

  init(axes: [SweepAxis]) { self.axes = axes }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: ConfigurationKey.self)
    axes = try values.allKeys.map { key in
      let entries = try values.decode([Entry].self, forKey: key)
      return SweepAxis(key.stringValue, entries.map { $0.value(of: key.stringValue) })
    }
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: ConfigurationKey.self)
    for axis in axes {
      try values.encode(
        axis.values.map { Entry($0, of: axis.name) }, forKey: ConfigurationKey(axis.name))
    }
  }
}

/// A value of an axis: of its setting, or with a name and the settings that it changes.
private enum Entry: Codable {
  case single(ConfigurationValue, String)
  case named(String, SettingChanges)

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name, set
  }

  init(_ value: SweepAxis.Value, of path: String) {
    if value.changes.count == 1, value.changes[0].path == path,
      value.changes[0].value.word == value.name
    {
      self = .single(value.changes[0].value, value.name)
    } else {
      self = .named(value.name, SettingChanges(changes: value.changes))
    }
  }

  init(from decoder: any Decoder) throws {
    let value = try ConfigurationValue(from: decoder)
    if let word = value.word {
      self = .single(value, word)
    } else {
      let values = try decoder.strictContainer(keyedBy: CodingKeys.self)
      self = .named(try values.value(.name), try values.value(.set))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .single(let value, _): try value.encode(to: encoder)
    case .named(let name, let changes):
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(name, forKey: .name)
      try values.encode(changes, forKey: .set)
    }
  }

  func value(of path: String) -> SweepAxis.Value {
    switch self {
    case .single(let value, let word): SweepAxis.Value(word, [SettingChange(path, value)])
    case .named(let name, let changes): SweepAxis.Value(name, changes.changes)
    }
  }
}
