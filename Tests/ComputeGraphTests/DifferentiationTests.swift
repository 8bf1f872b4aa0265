import ComputeGraph
import TestSupport
import Tensors
import Testing

/// Derivatives of compositions, against results worked out by hand.
struct DifferentiationTests {
  private let builder = GraphBuilder()

  @Test("The chain rule goes through functions of functions")
  func chain() throws {
    let x = try builder.constant([0.5, 2], [2])
    // d/dx exp(x²) = 2x exp(x²)
    let loss = try (x * x).exponential().sum()
    #expect(try close(gradient(loss, x), [1.2840254166877414, 218.39260013257694]))
  }

  @Test("A term that is used twice receives the sum of both")
  func sums() throws {
    let x = try builder.constant([3], [1])
    // d/dx (x² + x/x² ) = 2x − 1/x²
    let loss = try (x * x + x / (x * x)).sum()
    #expect(try close(gradient(loss, x), [6 - 1.0 / 9]))
  }

  @Test("A least-squares gradient is that of the normal equations")
  func leastSquares() throws {
    let x = try builder.constant([1, 2, 3, 4, 5, 6], [3, 2])
    let w = try builder.constant([1, -1], [2, 1])
    let y = try builder.constant([1, 0, 2], [3, 1])
    // Xᵀ (X w − y) · 2/3 with residuals −2, −1, −3
    let loss = try x.matmul(w).squaredError(target: y, scale: 1.0 / 3)
    #expect(try close(gradient(loss, w), [-40.0 / 3, -52.0 / 3]))
  }

  @Test("Cross-entropy's gradient is probability minus target")
  func crossEntropy() throws {
    let z = try builder.constant([0, 0, 0, 0], [1, 4])
    let target = try builder.constant([0, 1, 0, 0], [1, 4])
    let loss = try z.crossEntropy(target: target, scale: 1)
    #expect(try close(gradient(loss, z), [0.25, -0.75, 0.25, 0.25]))
  }

  @Test("The gradient of a slice lies where the slice was")
  func slices() throws {
    let x = try builder.constant([1, 2, 3, 4, 5], [5])
    let part = try x.slice(axis: 0, start: 1, stride: 2, count: 2)
    #expect(try close(gradient((part * part).sum(), x), [0, 4, 0, 8, 0]))
  }

  @Test("The gradient of a maximum goes to where it is attained")
  func maximum() throws {
    let x = try builder.constant([1, 5, 3], [1, 3])
    #expect(try close(gradient((7 * x.maximum(axis: 1)).sum(), x), [0, 7, 0]))
  }

  @Test("What a loss does not depend on has gradient zero")
  func independence() throws {
    let x = try builder.constant([1, 2], [2])
    let other = try builder.constant([1, 2, 3], [3])
    #expect(try close(gradient(x.sum(), other), [0, 0, 0]))
    #expect(try close(gradient(other.step().sum(), other), [0, 0, 0]))
  }

  @Test("A parameter in two layers receives both layers' gradients")
  func tied() throws {
    let w = try builder.constant([3], [1, 1])
    let x = try builder.constant([2], [1, 1])
    // x w² has derivative 2 x w
    #expect(try close(gradient(x.matmul(w).matmul(w).sum(), w), [12]))
  }

  @Test("Two parameters with the same gradient have values of their own")
  func equalGradients() throws {
    let (a, b) = (try builder.parameter("a", [2]), try builder.parameter("b", [2]))
    let gradients = try builder.gradients(of: (a + b).sum(), withRespectTo: [a, b])
    #expect(gradients[0].value != gradients[1].value)
  }

  private func gradient(_ loss: Term, _ parameter: Term) throws -> [Double] {
    let gradient = try builder.gradients(of: loss, withRespectTo: [parameter])[0]
    return try ReferenceInterpreter(arrays: [:])
      .evaluate(builder.graph, outputs: [gradient.value])[0].elements
  }

  /// Whether elements agree to seven digits: graphs hold constants such as 1/3 in single precision.
  private func close(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-7 * max(1, abs($1)) }
  }
}
