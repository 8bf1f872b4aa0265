import Configuration
package import Episodes

/// A task family as an experiment names it: `kind`, and beside it the settings of that kind.
package struct FamilyConfiguration: Sendable {
  package let settings: any FamilySettings

  package init(_ settings: some FamilySettings) { self.settings = settings }

  /// A kind with its defaults.
  package init(_ kind: FamilyKind) { settings = kind.settings.init() }

  package var kind: FamilyKind { type(of: settings).kind }

  package var episodeShape: EpisodeShape { settings.episodeShape }

  /// The same family without limits to its tasks: what is drawn from it was never in a pool.
  package var unlimited: FamilyConfiguration { settings.unlimited }

  /// The same tasks on data that this family never shows, such as other prototypes; nil if there are
  /// none.
  package var anotherBase: FamilyConfiguration? { settings.anotherBase }

  /// The family that these settings describe.
  ///
  /// - Throws: what keeps it from being prepared, such as a dataset that is missing.
  package func makeFamily() throws -> any TaskFamily { try settings.makeFamily() }
}

extension FamilyConfiguration: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    func equals<Left: FamilySettings>(_ left: Left) -> Bool { left == right.settings as? Left }
    return equals(left.settings)
  }

  package func hash(into hasher: inout Hasher) { settings.hash(into: &hasher) }
}

extension FamilyConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind
  }

  /// - Throws: ``ConfigurationError`` for an unknown kind or key, or a value that does not fit.
  package init(from decoder: any Decoder) throws {
    let kind = try decoder.kind(FamilyKind.self)
    settings = try kind.settings.init(from: decoder, besides: [CodingKeys.kind.rawValue])
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try settings.encode(to: encoder)
  }
}

extension Setting {
  /// A family out of which another is made.
  init(family path: any WritableKeyPath<Root, FamilyConfiguration> & Sendable) {
    self.init("family", required: path, limits: "a family", "the family whose tasks these are")
  }
}
