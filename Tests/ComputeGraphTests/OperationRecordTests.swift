import ComputeGraph
import TestSupport
import Tensors
import Testing

/// The table of operations itself, and the rules of differentiation in double precision.
struct OperationRecordTests {
  @Test("Every primitive has a record")
  func coversEveryPrimitive() throws {
    var covered: Set<PrimitiveKind> = []
    for record in OperationRecord.all {
      for node in try record.instance().graph.nodes {
        covered.insert(PrimitiveKind(node.primitive))
      }
    }
    #expect(covered == Set(PrimitiveKind.allCases))
  }

  @Test("Every activation and scoring has a record")
  func coversEveryVariant() throws {
    var activations: Set<Activation> = []
    var scorings: Set<AttentionRule.Scoring> = []
    for record in OperationRecord.all {
      for node in try record.instance().graph.nodes {
        switch node.primitive {
        case .activation(let activation): activations.insert(activation)
        case .attention(let rule): scorings.insert(rule.scoring)
        default: break
        }
      }
    }
    #expect(activations == Set(Activation.allCases))
    #expect(scorings == Set(AttentionRule.Scoring.allCases))
  }

  @Test("Records have names of their own")
  func names() {
    let names = OperationRecord.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test(
    "Rules of differentiation agree with central differences",
    arguments: OperationRecord.differentiable)
  func differentiation(_ record: OperationRecord) throws {
    let instance = try record.instance()
    let arrays = record.arrays()
    let difference = try record.directionalDifference(instance, arrays)
    let gradients = try ReferenceInterpreter(arrays: arrays.mapValues(ReferenceArray.init))
      .evaluate(instance.graph, outputs: instance.gradients)
    let slope = record.directionalSlope(instance, gradients)
    // Constants such as 1/7 are single-precision numbers in a graph, good to 6e-8; differences are
    // better than that.
    let magnitude = max(1, abs(difference), gradients.map(\.magnitude).max() ?? 0)
    #expect(abs(slope - difference) <= 1e-6 * magnitude)
  }

  @Test(
    "Gradients have the shapes of what they belong to", arguments: OperationRecord.differentiable)
  func gradientShapes(_ record: OperationRecord) throws {
    let instance = try record.instance()
    #expect(
      instance.gradients.map(instance.graph.shape(of:)) == instance.differentiated.map(\.shape))
    #expect(Set(instance.gradients).count == instance.gradients.count)
  }

  @Test("Decompositions are plain and keep the shapes of outputs", arguments: OperationRecord.all)
  func decompositions(_ record: OperationRecord) throws {
    let instance = try record.instance()
    let outputs = instance.results + instance.gradients
    let plain = try instance.graph.decomposed(keeping: outputs)
    #expect(
      plain.outputs.map(plain.graph.shape(of:)) == outputs.map(instance.graph.shape(of:)))
    #expect(plain.graph.nodes.allSatisfy { !PrimitiveKind($0.primitive).isFused })
  }
}
