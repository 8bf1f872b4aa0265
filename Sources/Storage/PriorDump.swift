// Dimension key
//   T  tables     R  rows of the largest table     F  features of the widest table

package import Episodes
import HDF5

/// A file of tables drawn from a prior, as TFM-Playground and nanoTabPFN exchange them.
///
/// Datasets of the root: `X` `[T, R, F]` and `y` `[T, R]`; `num_features`, `num_datapoints` and
/// `train_test_split_index` (older files: `single_eval_pos`) `[T]`; for classes `max_num_classes`
/// `[1]`; the text `problem_type`. Rows and features that a table does not have are padding.
///
/// - SeeAlso: `tfmplayground/priors/utils.py` and `dataloader.py` of
///   <https://github.com/automl/TFM-Playground>.
package struct PriorDump {
  let path: String
  let inputs: ConfinedDataset
  let targets: ConfinedDataset
  /// `T`
  package let tableCount: Int
  /// `R`
  package let rowCount: Int
  /// `F`
  package let featureCount: Int
  package let target: TargetKind
  /// `[T]`: how many features of each table count.
  let featureCounts: [Int]
  /// `[T]`: how many rows each table has.
  package let rowCounts: [Int]
  /// `[T]`: how many of its rows are context.
  let splitIndices: [Int]

  private static let largestTableCount = 100_000_000
  private static let largestTableBytes = 512 << 20
  private static let largestClassCount = 10_000

  /// Opens a dump and reads all but the tables.
  ///
  /// - Throws: ``StorageError``: `notOurs` with the dataset and the reason if it is no such file,
  ///   or of a size that makes no sense.
  /// - Complexity: O(T)
  package init(contentsOf path: String) throws(StorageError) {
    guard POSIXFileSystem().exists(path) else { throw .missing(path: path) }
    do {
      try self.init(opening: path)
    } catch let error as StorageError {
      throw error
    } catch {
      throw Self.refusal(path, error)
    }
  }

  private init(opening path: String) throws {
    func refused(_ reason: String) -> StorageError { .notOurs(path: path, reason: reason) }
    let file = try ConfinedFile(contentsOf: path)
    let inputs = try file.dataset("X")
    let targets = try file.dataset("y")
    guard inputs.elementClass == .float || inputs.elementClass == .integer,
      targets.elementClass == .float || targets.elementClass == .integer
    else { throw refused("`/X` and `/y` have to hold numbers") }
    let extents = inputs.extents
    guard extents.count == 3, targets.extents == Array(extents.prefix(2)) else {
      throw refused(
        "`/X` is \(extents) and `/y` \(targets.extents); they have to be [tables, rows, features] "
          + "and [tables, rows]")
    }
    guard extents.allSatisfy({ $0 > 0 }) else { throw refused("`/X` holds no tables") }
    guard extents[0] <= Self.largestTableCount,
      extents[1] <= Self.largestTableBytes / 4 / min(extents[2], Self.largestTableBytes)
    else { throw refused("`/X` claims \(extents), more than this program reads; cut it up") }
    let (tables, rows) = (extents[0], extents[1])
    func counts(_ name: String, in range: ClosedRange<Int>) throws -> [Int] {
      let dataset = try file.dataset(name)
      guard dataset.elementClass == .integer, dataset.extents == [tables] else {
        throw refused("`/\(name)` has to hold an integer for each of the \(tables) tables")
      }
      let values = try dataset.elements(of: Int64.self, rows: 0..<tables).map { Int($0) }
      if let table = values.firstIndex(where: { !range.contains($0) }) {
        throw refused(
          "`/\(name)` says \(values[table]) for table \(table); expected \(range.lowerBound) to "
            + "\(range.upperBound)")
      }
      return values
    }
    let featureCounts = try counts("num_features", in: 1...extents[2])
    let rowCounts =
      try file.contains("num_datapoints")
      ? try counts("num_datapoints", in: 1...rows)
      : [Int](repeating: rows, count: tables)
    let isRecent = try file.contains("train_test_split_index")
    let splitIndices = try counts(
      isRecent ? "train_test_split_index" : "single_eval_pos", in: 0...rows)
    let target = try Self.target(of: file, path: path)
    self.path = path
    (tableCount, rowCount, featureCount) = (extents[0], extents[1], extents[2])
    self.target = target
    self.featureCounts = featureCounts
    self.rowCounts = rowCounts
    self.splitIndices = splitIndices
    self.inputs = inputs
    self.targets = targets
  }

  /// Real numbers or classes: as `problem_type` says, or by whether there is a number of classes.
  private static func target(of file: ConfinedFile, path: String) throws -> TargetKind {
    let hasClasses = try file.contains("max_num_classes")
    let problem =
      try file.contains("problem_type")
      ? try file.dataset("problem_type").text()
      : hasClasses ? "classification" : "regression"
    switch problem {
    case "regression": return .real
    case "classification":
      let dataset = try file.dataset("max_num_classes")
      guard dataset.elementClass == .integer, dataset.extents == [1],
        let count = try dataset.elements(of: Int64.self, rows: 0..<1).first,
        1...Int64(largestClassCount) ~= count
      else {
        throw StorageError.notOurs(
          path: path,
          reason: "`/max_num_classes` has to hold one integer from 1 to \(largestClassCount)")
      }
      return .classes(Int(count))
    default:
      throw StorageError.notOurs(
        path: path,
        reason:
          "`/problem_type` is `\(String(problem.prefix(40)).escapingControls)`, not classification or regression"
      )
    }
  }

  /// What a refused request says, with the file.
  static func refusal(_ path: String, _ error: any Error) -> StorageError {
    .notOurs(path: path, reason: "\(error)")
  }
}
