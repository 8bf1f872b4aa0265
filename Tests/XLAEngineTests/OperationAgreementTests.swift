#if XLA
  import CPUEngine
  import ComputeGraph
  import Tensors
  import TestSupport
  import Testing
  import XLAEngine

  /// Every operation through StableHLO and a plug-in, against its meaning and against the engine for
  /// processors, which share no kernel.
  struct OperationAgreementTests {
    private let engine: XLAEngine

    init() throws { engine = try ProcessorEngine.shared.get() }

    /// Products of rounded operands where the processor has them.
    static let rounding =
      (try? CPUEngine(workers: 1))?.supports(.bfloat16) == true ? OperationRecord.rounding : []

    @Test(
      "Results and gradients agree with the reference and with the other engine",
      arguments: OperationRecord.blockwise + rounding)
    func blocks(_ record: OperationRecord) throws {
      let instance = try record.instance()
      let outputs = instance.results + instance.gradients
      let found = try engine.evaluate(instance.graph, record.arrays(), outputs: outputs)
      try compare(found, with: instance, of: record)

      let other = try CPUEngine(workers: 1).evaluate(
        instance.graph, record.arrays(), outputs: outputs)
      let magnitude = try instance.graph.magnitude(record.arrays(), outputs)
      for (tensor, reference) in zip(found, other) {
        let agreement = Agreement(tensor, ReferenceArray(reference), magnitude: magnitude)
        // Each may be as far from the truth as the record allows.
        #expect(agreement.relativeDistance <= 2 * record.tolerance, "\(agreement)")
      }
    }

    @Test("Updates agree with the reference", arguments: OperationRecord.updates)
    func updates(_ record: OperationRecord) throws {
      let instance = try record.instance()
      let outputs = instance.results + instance.gradients
      let found = try engine.evaluate(instance.graph, record.arrays(), outputs: outputs)
      try compare(found, with: instance, of: record)
    }

    /// Expects results and gradients within the record's tolerance of the reference's.
    private func compare(
      _ found: [Tensor], with instance: OperationRecord.Instance, of record: OperationRecord
    ) throws {
      try #require(found.count == instance.results.count + instance.gradients.count)
      var first = 0
      for outputs in [instance.results, instance.gradients] where !outputs.isEmpty {
        let arrays = record.arrays()
        let interpreter = ReferenceInterpreter(arrays: arrays.mapValues(ReferenceArray.init))
        let expected = try interpreter.evaluate(instance.graph, outputs: outputs)
        let magnitude = try instance.graph.magnitude(arrays, outputs)
        for (tensor, reference) in zip(found[first...], expected) {
          try #require(tensor.shape == reference.shape)
          let agreement = Agreement(tensor, reference, magnitude: magnitude)
          #expect(agreement.relativeDistance <= record.tolerance, "\(agreement)")
        }
        first += outputs.count
      }
    }
  }
#endif
