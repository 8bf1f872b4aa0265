package import Configuration
internal import Episodes
internal import Storage
internal import TaskFamilies

extension Experiment {
  /// The experiment that a document describes; a task set that it names supplies the family.
  ///
  /// - Throws: `ConfigurationError` for what makes no sense, such as a family beside a task set of
  ///   another; `StorageError` if the task set cannot be read.
  package init(_ document: ConfigurationDocument) throws {
    let outline: Outline = try document.decode()
    guard let path = outline.taskSet?.path else {
      self = try document.decode()
      return
    }
    let reader = try TaskSetReader(path)
    guard let yaml = reader.set.family else {
      guard outline.namesFamily else {
        throw ConfigurationError(
          path: "family",
          message: "is missing: the task set \(path) was imported and has none; state one whose "
            + "episodes have the same shape, from which held-out tasks are drawn")
      }
      self = try document.decode()
      return
    }
    let family: FamilyConfiguration = try ConfigurationDocument(
      yaml: yaml, name: "the family in \(path)"
    ).decode()
    var whole = try ConfigurationDocument(encoding: ["family": family], name: path)
    whole.overlay(document)
    self = try whole.decode()
    guard self.family == family else {
      throw ConfigurationError(
        path: "family",
        message: "is not that of the task set \(path); leave it out to take the set's")
    }
  }

  /// What of a document decides whether a task set has to be opened.
  private struct Outline: Decodable {
    let taskSet: TaskSetReference?
    let namesFamily: Bool

    private enum CodingKeys: String, CodingKey {
      case taskSet, family
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      taskSet = try values.decodeIfPresent(TaskSetReference.self, forKey: .taskSet)
      namesFamily = values.contains(.family)
    }
  }

  /// Opens the task set that training reads, and writes its digest down.
  ///
  /// - Returns: `nil` if training draws its tasks.
  /// - Throws: `StorageError` if the set cannot be read; ``TrainingError/foreignTaskSet(path:_:)``
  ///   if it is not the one that is meant, or its episodes are not those of the family.
  mutating func openTaskSet() throws -> TaskSetReader? {
    guard let reference = taskSet else { return nil }
    let reader = try TaskSetReader(reference.path)
    guard reference.digest == nil || reference.digest == reader.digest else {
      throw TrainingError.foreignTaskSet(
        path: reference.path,
        "its digest is \(reader.digest), and the experiment was made with another set")
    }
    let (found, expected) = (reader.set.shape, layout.shape)
    guard found.reads(like: expected) else {
      throw TrainingError.foreignTaskSet(
        path: reference.path,
        "its episodes have \(found.summary), those of the family \(expected.summary)")
    }
    taskSet?.digest = reader.digest
    return reader
  }
}
