import MetaTraining
import Reproductions

/// What reproductions tell as they go, for people: a view of the run that trains.
final class ReproductionView {
  private let directory: String
  private var name = ""
  private var view: TrainingView?

  /// - Parameter directory: where the runs are.
  init(directory: String) { self.directory = directory }

  func show(_ run: Procedure.Run, _ event: TrainingRun.Event) {
    if run.name != name || view == nil {
      finish()
      name = run.name
      Output.note("Training \(run.name): \(run.experiment.steps) steps")
      view = TrainingView(path: directory, steps: run.experiment.steps)
    }
    view?.show(event)
  }

  func finish() {
    view?.finish()
    view = nil
  }
}
