internal import Tensors

extension FunctionText {
  /// Whether a number is finite.
  mutating func isFinite(_ x: Operand) -> Operand {
    append(
      "stablehlo.is_finite \(x.name) : (\(x.type.text)) -> \(TensorType(x.shape, .boolean).text)",
      TensorType(x.shape, .boolean))
  }

  /// Whether every element of every vector is finite.
  mutating func areFinite(_ vectors: [Operand]) -> Operand {
    let truth = truth()
    return vectors.reduce(truth) { known, vector in
      let all = reduce("and", isFinite(vector), axes: [0], from: truth)
      return binary("and", known, all)
    }
  }

  /// The sum of the bits of a vector, and their sum by odd weights: both change with any one bit.
  mutating func hash(_ vector: Operand) -> Operand {
    let type = TensorType(vector.shape, .uint32)
    let bits = change("bitcast_convert", vector, type)
    let places = append("stablehlo.iota dim = 0 : \(type.text)", type)
    let spread = binary("multiply", places, splat(0x9E37_79BA, .uint32, vector.shape))
    let weights = binary("or", spread, splat(1, .uint32, vector.shape))
    let zero = splat(0, .uint32, [])
    let sums = [bits, binary("multiply", bits, weights)].map { terms in
      reshape(reduce("add", terms, axes: [0], from: zero), to: [1])
    }
    return concatenate(sums)
  }

  /// The loss and the gradient of all devices together, in one exchange.
  mutating func sumOverDevices(
    _ loss: Operand, _ gradient: Operand, _ deviceCount: Int
  ) -> (loss: Operand, gradient: Operand) {
    let terms = flatten([loss, gradient])
    let group = (0..<deviceCount).map(String.init).joined(separator: ", ")
    let sum = append(
      "\"stablehlo.all_reduce\"(\(terms.name)) "
        + "<{replica_groups = dense<[[\(group)]]> : tensor<1x\(deviceCount)xi64>}> "
        + "({ ^bb0(%left: tensor<f32>, %right: tensor<f32>): "
        + "%sum = stablehlo.add %left, %right : tensor<f32> "
        + "stablehlo.return %sum : tensor<f32> }) : (\(terms.type.text)) -> \(terms.type.text)",
      terms.type)
    return (
      reshape(slice(sum, axis: 0, start: 0, count: 1), to: []),
      slice(sum, axis: 0, start: 1, count: gradient.shape[0])
    )
  }

  /// Row `index` of an array, without its first axis.
  mutating func row(of x: Operand, at index: Operand) -> Operand {
    let rest = x.shape.extents.dropFirst()
    let type = TensorType(Shape([1] + rest), x.type.element)
    let starts = [index] + rest.map { _ in splat(0, .int32, []) }
    let row = append(
      "stablehlo.dynamic_slice \(x.name), \(starts.map(\.name).joined(separator: ", ")), "
        + "sizes = \(type.shape) : (\(([x] + starts).map(\.type.text).joined(separator: ", "))) "
        + "-> \(type.text)", type)
    return reshape(row, to: Shape(Array(rest)))
  }

  /// The array with another row `index`.
  mutating func replaceRow(of x: Operand, at index: Operand, with row: Operand) -> Operand {
    let part = reshape(row, to: Shape([1] + row.shape.extents))
    let operands = [x, part, index] + row.shape.extents.map { _ in splat(0, .int32, []) }
    return append(
      "stablehlo.dynamic_update_slice \(operands.map(\.name).joined(separator: ", ")) : "
        + "(\(operands.map(\.type.text).joined(separator: ", "))) -> \(x.type.text)", x.type)
  }

  mutating func call(
    _ function: String, _ arguments: [Operand], _ types: [TensorType]
  ) -> [Operand] {
    append(
      "func.call @\(function)(\(arguments.map(\.name).joined(separator: ", "))) : "
        + "(\(arguments.map(\.type.text).joined(separator: ", "))) -> "
        + "(\(types.map(\.text).joined(separator: ", ")))", types)
  }

  /// Calls a function again and again on what it gave.
  ///
  /// - Parameters:
  ///   - start: what the first call gets.
  ///   - condition: the place of the truth that has to hold.
  ///   - index: the place of the number that has to be smaller than the one at place `limit`.
  ///   - body: the function's name.
  /// - Returns: what the last call gave.
  mutating func loop(
    _ start: [Operand], while condition: Int, at index: Int, below limit: Int, body: String
  ) -> [Operand] {
    let types = start.map(\.type.text).joined(separator: ", ")
    let carried = start.indices.map { "%carried\($0)" }
    let bindings = zip(carried, start).map { "\($0) = \($1.name)" }.joined(separator: ", ")
    let next = "%next"
    let results = start.indices.map { "\(next)#\($0)" }.joined(separator: ", ")
    return append(
      """
      stablehlo.while(\(bindings)) : \(types) cond {
            %isBefore = stablehlo.compare LT, \(carried[index]), \(carried[limit]) : \
      (tensor<i32>, tensor<i32>) -> tensor<i1>
            %continues = stablehlo.and %isBefore, \(carried[condition]) : tensor<i1>
            stablehlo.return %continues : tensor<i1>
          } do {
            \(next):\(start.count) = func.call @\(body)(\(carried.joined(separator: ", "))) : \
      (\(types)) -> (\(types))
            stablehlo.return \(results) : \(types)
          }
      """, start.map(\.type))
  }
}
