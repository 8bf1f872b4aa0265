internal import ComputeGraph
internal import Tensors

extension CPUTrainingSession {
  /// Lanes are computed once more, one after another: a step that is not finite changed nothing, so
  /// the numbers are the same.
  func diagnose(_ step: Int, _ result: StepResult) -> StepDiagnosis {
    var gradients = layout.shapes.map { _ in StepDiagnosis.Statistics() }
    var lanes: [StepDiagnosis.Lane] = []
    for lane in 0..<(result.isUpdated ? 0 : program.laneCount) {
      computeLane(lane, step: step, worker: 0)
      var whole = StepDiagnosis.Statistics()
      for (index, elements) in layout.elements(of: self.lanes[lane]).enumerated() {
        for element in elements {
          gradients[index].add(element)
          whole.add(element)
        }
      }
      let first = lane * program.episodesPerLane
      lanes.append(
        StepDiagnosis.Lane(
          episodes: first..<first + program.episodesPerLane, loss: laneLosses[lane],
          gradient: whole))
    }
    return StepDiagnosis(
      lanes: lanes, gradients: result.isUpdated ? [] : gradients,
      parameters: layout.elements(of: parameterMemory.plain).map {
        StepDiagnosis.Statistics(of: $0)
      })
  }
}
