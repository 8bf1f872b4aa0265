import ComputeGraph
import Evaluation
import MetaTraining
import Models
import Storage
import TaskFamilies

/// What the points of a sweep became, on tasks that are drawn for the purpose.
struct SweepResult: Encodable {
  /// One point: how far it is, and if it is finished what it learned.
  struct Point: Encodable {
    enum State: String, Encodable {
      case finished
      case unfinished
      case failed
    }

    let name: String
    /// Its value on each axis, in the order of the axes.
    let values: [String]
    let state: State
    /// Why it failed.
    let reason: String?
    let model: ModelFacts?
    let measurement: RegimeMeasurement?
  }

  /// Points that differ in their seeds only.
  struct Group: Encodable {
    /// What they have in common, on the axes that are no seeds.
    let values: [String]
    /// How many of its measured points are in each regime.
    let regimes: [String: Int]
    /// Of its measured points, the share that learns to learn.
    let shareThatLearns: Double?
  }

  let sweep: String
  let axes: [String]
  let points: [Point]
  let groups: [Group]
  let episodes: Int
  let seed: Int

  /// - Parameters:
  ///   - outcomes: of points that were trained just now.
  ///   - report: hears how many points have been measured.
  /// - Throws: `EvaluationError` if a prediction is not finite; `StorageError` if a checkpoint cannot
  ///   be read.
  init(
    _ sweep: Sweep, in directory: SweepDirectory, outcomes: [String: SweepTrainer.Outcome],
    otherData: FamilyConfiguration?, episodes: Int, seed: Int, engine: any Engine,
    report: (Int) -> Void
  ) throws {
    self.sweep = directory.path
    axes = sweep.axes.map(\.name)
    self.episodes = episodes
    self.seed = seed
    var points: [Point] = []
    for point in sweep.points {
      var (state, reason) = (Point.State.unfinished, String?.none)
      if case .failed(_, let why) = outcomes[point.name] { (state, reason) = (.failed, why) }
      var (facts, measurement) = (ModelFacts?.none, RegimeMeasurement?.none)
      if try state != .failed && directory.progress(of: point) == .finished {
        state = .finished
        let model = try TrainedModel(directory.run(point).path, engine: engine)
        facts = ModelFacts(model)
        measurement = try model.regime(otherData: otherData, episodes: episodes, seed: seed)
      }
      points.append(
        Point(
          name: point.name, values: zip(sweep.axes, point.places).map { $0.values[$1].name },
          state: state, reason: reason, model: facts, measurement: measurement))
      report(points.count)
    }
    self.points = points
    groups = Self.groups(of: points, sweep)
  }

  private static func groups(of points: [Point], _ sweep: Sweep) -> [Group] {
    let kept = sweep.axes.indices.filter { !sweep.axes[$0].isSeed }
    var groups: [(values: [String], regimes: [Regime])] = []
    for point in points {
      let values = kept.map { point.values[$0] }
      let index = groups.firstIndex { $0.values == values } ?? groups.count
      if index == groups.count { groups.append((values, [])) }
      groups[index].regimes += point.measurement.map { [$0.regime] } ?? []
    }
    return groups.map { values, regimes in
      let counts = Dictionary(grouping: regimes, by: \.rawValue).mapValues(\.count)
      let learning = regimes.count { $0 == .learnsToLearn }
      return Group(
        values: values, regimes: counts,
        shareThatLearns: regimes.isEmpty ? nil : Double(learning) / Double(regimes.count))
    }
  }
}
