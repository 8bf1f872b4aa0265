import ComputeGraph
import TestSupport
import Tensors
import Testing

/// The judge of all engines, against numbers worked out by hand.
struct ReferenceInterpreterTests {
  private let builder = GraphBuilder()
  /// `[[1, 2, 3], [4, 5, 6]]`
  private let x: Term

  init() throws { x = try builder.constant([1, 2, 3, 4, 5, 6], [2, 3]) }

  @Test("Arithmetic goes element by element")
  func arithmetic() throws {
    let y = try builder.fill(2, [2, 3])
    #expect(try run(x + y) == [3, 4, 5, 6, 7, 8])
    #expect(try run(x - y) == [-1, 0, 1, 2, 3, 4])
    #expect(try run(x * y) == [2, 4, 6, 8, 10, 12])
    #expect(try run(x / y) == [0.5, 1, 1.5, 2, 2.5, 3])
    #expect(try run(10 - x) == [9, 8, 7, 6, 5, 4])
    #expect(try run((x + -3).step()) == [0, 0, 0, 1, 1, 1])
  }

  @Test("Functions are those of the mathematics library")
  func functions() throws {
    let x = try builder.constant([0, 1], [2])
    #expect(try run(x.exponential()) == [1, 2.718281828459045])
    #expect(try run(x.tanh()) == [0, 0.7615941559557649])
    #expect(try run((x + 1).logarithm()) == [0, 0.6931471805599453])
    #expect(try run((x + 1).squareRoot()) == [1, 1.4142135623730951])
  }

  @Test("Movement keeps elements and changes places")
  func movement() throws {
    #expect(try run(x.transposed([1, 0])) == [1, 4, 2, 5, 3, 6])
    #expect(try run(x.reshaped(to: [3, 2])) == [1, 2, 3, 4, 5, 6])
    #expect(try run(x.slice(axis: 1, start: 0, stride: 2, count: 2)) == [1, 3, 4, 6])
    let row = try builder.constant([7, 8], [2])
    #expect(try run(row.broadcast(to: [3, 2], axes: [1])) == [7, 8, 7, 8, 7, 8])
    #expect(try run(row.broadcast(to: [2, 3], axes: [0])) == [7, 7, 7, 8, 8, 8])
    let placed = try builder.append(.place(axis: 0, start: 1, stride: 2, extent: 5), [row])
    #expect(try run(placed[0]) == [0, 7, 0, 8, 0])
  }

  @Test("Reductions lose their axes")
  func reductions() throws {
    #expect(try run(x.sum(axes: [0])) == [5, 7, 9])
    #expect(try run(x.sum(axes: [1])) == [6, 15])
    #expect(try run(x.sum()) == [21])
    #expect(try run((-1 * x).maximum(axis: 1)) == [-1, -4])
  }

  @Test("Products transpose what they are told to")
  func products() throws {
    let y = try builder.constant([1, 0, 2, 0, 1, 1], [2, 3])
    #expect(try run(x.matmul(y, transposeRight: true)) == [7, 5, 16, 11])
    #expect(try run(x.matmul(y, transposeLeft: true)) == [1, 4, 6, 2, 5, 9, 3, 6, 12])
    #expect(try run(x.matmul(y.reshaped(to: [3, 2]))) == [8, 3, 20, 6])
    let turned = try x.reshaped(to: [3, 2])
    let both = try turned.matmul(y, transposeLeft: true, transposeRight: true)
    #expect(try run(both) == [11, 8, 14, 10])
  }

  @Test("Inputs and parameters are found by name")
  func names() throws {
    let sum = try builder.input("a", [1]) + builder.parameter("b", [1])
    let interpreter = ReferenceInterpreter(
      arrays: ["a": ReferenceArray([1], [1]), "b": ReferenceArray([1], [41])])
    #expect(try interpreter.evaluate(builder.graph, outputs: [sum.value])[0].elements == [42])
  }

  @Test("Agreement compares the largest distance with the largest number")
  func agreement() {
    let reference = ReferenceArray([3], [1, -4, 2])
    let agreement = Agreement(Tensor(shape: [3], elements: [1, -4, 3]), reference)
    #expect(agreement.relativeDistance == 0.25)
    let undefined = Agreement(Tensor(shape: [3], elements: [.nan, -4, 2]), reference)
    #expect(undefined.relativeDistance == .infinity)
  }

  private func run(_ term: Term) throws -> [Double] {
    try ReferenceInterpreter(arrays: [:]).evaluate(builder.graph, outputs: [term.value])[0]
      .elements
  }
}
