#if XLA
  internal import ComputeGraph
  internal import PJRT
  internal import StableHLO
  internal import Tensors

  extension XLATrainingSession {
    /// Lanes are computed one after another on one device: a step that is not finite changed nothing.
    func diagnose(_ step: Int, _ result: StepResult) throws -> StepDiagnosis {
      let parameters = try vector(0)
      var gradients = layout.shapes.map { _ in StepDiagnosis.Statistics() }
      var lanes: [StepDiagnosis.Lane] = []
      if !result.isUpdated {
        let block = try program.block(program.episodesPerLane)
        let module = try ModuleText(gradientOf: block, layout: layout)
        let executable = try engine.executable(module.text, for: [devices[0]])
        try source.prepare(step)
        let writer = source.makeWriter()
        for lane in 0..<program.laneCount {
          let first = lane * program.episodesPerLane
          let episodes = first..<first + program.episodesPerLane
          let (loss, gradient) = try gradient(
            block, executable, parameters, writer, step: step, episodes: episodes)
          for (index, tensor) in layout.tensors(gradient).enumerated() {
            for element in tensor.elements { gradients[index].add(element) }
          }
          lanes.append(
            StepDiagnosis.Lane(
              episodes: episodes, loss: loss, gradient: StepDiagnosis.Statistics(of: gradient)))
        }
      }
      return StepDiagnosis(
        lanes: lanes, gradients: result.isUpdated ? [] : gradients,
        parameters: layout.tensors(parameters).map {
          StepDiagnosis.Statistics(of: $0.elements)
        })
    }

    /// The loss and the gradient of some episodes of a step.
    private func gradient(
      _ block: TrainingProgram.Block, _ executable: borrowing Executable, _ parameters: [Float],
      _ writer: any BatchWriter, step: Int, episodes: Range<Int>
    ) throws -> (loss: Float, gradient: [Float]) {
      let (tokenShape, targetShape) = (
        block.graph.shape(of: block.tokens), block.graph.shape(of: block.targets)
      )
      var tokens = [Float](repeating: 0, count: tokenShape.count)
      var targets = [Float](repeating: 0, count: targetShape.count)
      writer.write(step, episodes, &tokens, &targets)
      let device = [devices[0]]
      var arguments = Buffers(engine.client, deviceCount: 1)
      try arguments.append(parameters, shape: [layout.count], on: device, of: engine)
      try arguments.append(tokens, shape: tokenShape, on: device, of: engine)
      try arguments.append(targets, shape: targetShape, on: device, of: engine)
      let results = try engine.run(executable, arguments)
      let loss: [Float] = try results.numbers(1, [], of: engine)
      return (loss[0], try results.numbers(2, [layout.count], of: engine))
    }
  }
#endif
