import Episodes
package import TaskFamilies

/// A change of tasks under which models that learn in context were evaluated.
package struct PublishedShift: Sendable {
  /// What tasks have to be like.
  package enum Requirement: Sendable {
    /// Inputs that are vectors.
    case vectors
    /// Targets that are numbers and a function of the inputs, which are drawn first.
    case functions
    /// The same, and linear in weights.
    case weights
  }

  /// A few words, such as `inputs × 2`.
  package let name: String
  /// What changes, as a phrase.
  package let meaning: String
  /// Where it was published.
  package let source: String
  package let requirement: Requirement
  /// Whether the last example alone tells what the shift does, so that each context length takes
  /// episodes of its own.
  package let concernsQuery: Bool
  private let change: @Sendable (FamilyConfiguration, _ targetScale: Float) -> FamilyConfiguration?

  /// - Parameters:
  ///   - name: a few words.
  ///   - meaning: what changes, as a phrase.
  ///   - source: where it was published.
  ///   - requirement: what tasks have to be like.
  ///   - concernsQuery: whether the last example alone tells what the shift does.
  ///   - change: makes the shifted family of a family and the root of its mean squared target; nil
  ///     where it would change nothing.
  package init(
    _ name: String, _ meaning: String, source: String, needs requirement: Requirement,
    concernsQuery: Bool = false,
    change:
      @escaping @Sendable (FamilyConfiguration, _ targetScale: Float) -> FamilyConfiguration?
  ) {
    self.name = name
    self.meaning = meaning
    self.source = source
    self.requirement = requirement
    self.concernsQuery = concernsQuery
    self.change = change
  }

  /// The shifted family, or nil if the shift does not fit.
  ///
  /// - Parameters:
  ///   - family: of the tasks before the shift.
  ///   - targetScale: the root of their mean squared target, in whose unit noise is measured.
  package func applied(
    to family: FamilyConfiguration, targetScale: Float
  ) -> FamilyConfiguration? {
    guard let before = try? family.makeFamily() else { return nil }
    switch requirement {
    case .vectors where family.episodeShape.target.isSequence: return nil
    case .functions where before.functions == nil, .weights where before.weights == nil: return nil
    case .vectors, .functions, .weights: break
    }
    guard let shifted = change(family, targetScale) else { return nil }
    // Settings know their ranges, and what they need beside one another, when they are read.
    let length = concernsQuery ? 2 : family.episodeShape.exampleCount
    guard let checked = try? shifted.withExamples(length, origin: name),
      (try? checked.makeFamily()) != nil
    else { return nil }
    return shifted
  }
}
