import Baselines
import Configuration
import Episodes
import TaskFamilies

/// What the program says about a kind of families.
struct FamilyEntry: Encodable {
  /// One setting, in words.
  struct SettingEntry: Encodable {
    let name: String
    let `default`: String
    /// The values that it may have, if its type does not say it all.
    let limits: String?
    let meaning: String
  }

  let name: FamilyKind
  let group: FamilyGroup
  let summary: String
  let source: String
  let link: String
  let oracle: String
  /// The extents of an episode of the defaults.
  let episode: String
  let settings: [SettingEntry]
  /// The learners to show beside a model, the oracle last, if ``prepare()`` found them.
  private(set) var learners: [String]?
  /// What kept the family from being prepared, such as a dataset that is missing.
  private(set) var problem: String?

  init(_ kind: FamilyKind) {
    self.init(kind, settings: kind.settings)
  }

  private init<Settings: FamilySettings>(_ kind: FamilyKind, settings: Settings.Type) {
    let defaults = Settings()
    name = kind
    group = Settings.group
    summary = Settings.description.summary
    source = Settings.description.source
    link = Settings.description.link
    oracle = Settings.description.oracle
    episode = defaults.episodeShape.summary
    self.settings = Settings.settings.map { setting in
      SettingEntry(
        name: setting.name, default: setting.text(defaults), limits: setting.limits,
        meaning: setting.meaning)
    }
  }

  /// Makes the family of the defaults, to ask it for its learners.
  mutating func prepare() {
    do {
      learners = try FamilyConfiguration(name).makeFamily().learners.map(\.name)
    } catch {
      problem = "\(error)"
    }
  }
}
