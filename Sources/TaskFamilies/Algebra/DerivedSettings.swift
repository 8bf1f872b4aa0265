package import Episodes

/// The settings of a family that is made of another one.
package protocol DerivedSettings: FamilySettings {
  /// The family whose tasks these are.
  var family: FamilyConfiguration { get set }
}

extension DerivedSettings {
  /// The defaults with some changes, made of `family`.
  package init(of family: some FamilySettings, _ change: (inout Self) -> Void = { _ in }) {
    self.init(change)
    self.family = FamilyConfiguration(family)
  }

  package static var group: FamilyGroup { .derived }

  package var episodeShape: EpisodeShape { family.episodeShape }

  package var unlimited: FamilyConfiguration {
    var settings = self
    settings.family = family.unlimited
    return FamilyConfiguration(settings)
  }

  package var anotherBase: FamilyConfiguration? {
    family.anotherBase.map { other in
      var settings = self
      settings.family = other
      return FamilyConfiguration(settings)
    }
  }
}
