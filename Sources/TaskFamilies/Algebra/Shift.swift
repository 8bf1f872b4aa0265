import Baselines
import Configuration
package import Episodes
package import RandomKeys

/// The settings of a family that draws the tasks of another one and changes what comes out of its
/// stages.
///
/// A shift keeps the extents of the episodes, so a model that was trained on the family can be
/// evaluated on the shifted one. With one key both draw the same tasks and examples, up to the
/// change. Every requirement has a default that changes nothing.
package protocol Shift: DerivedSettings {
  /// Changes a task that was drawn.
  ///
  /// - Parameter weights: the part of the latent in which targets are linear.
  func changeTask(_ key: RandomKey, weights: Range<Int>?, _ episode: inout Episode)

  /// Changes inputs that were drawn; targets of functions will be drawn for the changed ones.
  func changeInputs(_ key: RandomKey, _ episode: inout Episode)

  /// Changes targets that were drawn.
  func changeTargets(_ key: RandomKey, _ episode: inout Episode)

  /// What the optimal learner of the family has to know.
  func conditions(within outer: OracleConditions) -> OracleConditions
}

extension Shift {
  package func changeTask(_ key: RandomKey, weights: Range<Int>?, _ episode: inout Episode) {}
  package func changeInputs(_ key: RandomKey, _ episode: inout Episode) {}
  package func changeTargets(_ key: RandomKey, _ episode: inout Episode) {}
  package func conditions(within outer: OracleConditions) -> OracleConditions { outer }

  package func makeFamily() throws -> any TaskFamily {
    ShiftedFamily(family: try family.makeFamily(), shift: self)
  }

  /// - Throws: ``SettingProblem`` if the family's inputs are tokens, which have no scale.
  func requireVectors() throws(SettingProblem) {
    if case .tokens = family.episodeShape.target {
      throw SettingProblem("family", "needs inputs that are vectors; \(family.kind) has tokens")
    }
  }

  /// - Throws: ``SettingProblem`` if the family's targets are not numbers.
  func requireRealTargets() throws(SettingProblem) {
    guard family.episodeShape.target == .real else {
      throw SettingProblem("family", "needs targets that are numbers; \(family.kind) has classes")
    }
  }
}

/// The family that a ``Shift`` describes.
struct ShiftedFamily<Settings: Shift>: DerivedFamily {
  let family: any TaskFamily
  let shift: Settings

  func drawTask(_ key: RandomKey, into episode: inout Episode) {
    family.drawTask(key, into: &episode)
    shift.changeTask(key.folded(forChangeAt: depth), weights: weights, &episode)
  }

  func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    family.drawInputs(key, into: &episode)
    shift.changeInputs(key.folded(forChangeAt: depth).folded(with: .inputs), &episode)
  }

  func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    family.drawTargets(key, into: &episode)
    shift.changeTargets(key.folded(forChangeAt: depth).folded(with: .noise), &episode)
  }

  func oracle(under conditions: OracleConditions) -> any InContextLearner {
    family.oracle(under: shift.conditions(within: conditions))
  }
}
