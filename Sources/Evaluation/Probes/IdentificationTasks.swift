import Baselines
package import TaskFamilies

/// The tasks on which a model is identified, and what its training makes probable.
package struct IdentificationTasks: Sendable {
  /// Whose tasks they are, such as `unseen tasks`.
  package let name: String
  /// What draws them.
  package let family: any TaskFamily
  /// The optimal learner of the tasks that training drew, if those were limited.
  let memorizing: (any InContextLearner)?
  /// What that learner is called.
  let memorizingWords: String
  /// The optimal learner of the tasks of training without limits.
  let generalizing: any InContextLearner

  /// - Parameters:
  ///   - name: whose tasks they are.
  ///   - drawn: what draws them.
  ///   - trained: what training drew from.
  /// - Throws: what keeps a family from being prepared.
  package init(
    name: String, drawn: FamilyConfiguration, trained: FamilyConfiguration
  ) throws {
    self.name = name
    family = try drawn.makeFamily()
    generalizing = try trained.unlimited.makeFamily().oracle
    let special = try trained.makeFamily().oracle
    // Where a pool is too large to be listed, or its family knows no optimal learner of one, its
    // oracle is that of all tasks.
    let isLimited = trained.unlimited != trained && special.name != generalizing.name
    memorizing = isLimited ? special : nil
    let count = (trained.settings as? Pool).map { "\($0.taskCount) " } ?? ""
    memorizingWords = "memorising its \(count)training tasks"
  }
}
