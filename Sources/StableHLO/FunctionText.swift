internal import Tensors

/// The text of one function of a module, line by line.
struct FunctionText {
  private let name: String
  private let isPublic: Bool
  private var arguments: [(operand: Operand, attributes: String)] = []
  private var lines: [String] = []
  private var count = 0
  /// What is the same everywhere is written once.
  private var constants: [ConstantKey: Operand] = [:]

  private struct ConstantKey: Hashable {
    let numbers: [UInt32]
    let type: TensorType
  }

  init(_ name: String, isPublic: Bool = false) {
    self.name = name
    self.isPublic = isPublic
  }

  /// Adds an argument.
  ///
  /// - Parameter result: the result that may be written over it.
  mutating func argument(
    _ name: String, _ type: TensorType, keepsResult result: Int? = nil
  ) -> Operand {
    let operand = Operand(name: "%\(name)", type: type)
    let attributes = result.map { " {tf.aliasing_output = \($0) : i32}" } ?? ""
    arguments.append((operand, attributes))
    return operand
  }

  /// Adds an operation with one result.
  ///
  /// - Parameters:
  ///   - text: the operation with its operands and types.
  ///   - type: of the result.
  mutating func append(_ text: String, _ type: TensorType) -> Operand {
    let operand = Operand(name: "%\(count)", type: type)
    count += 1
    lines.append("\(operand.name) = \(text)")
    return operand
  }

  /// Adds an operation with several results.
  mutating func append(_ text: String, _ types: [TensorType]) -> [Operand] {
    let group = "%\(count)"
    count += 1
    lines.append("\(group):\(types.count) = \(text)")
    return types.enumerated().map { Operand(name: "\(group)#\($0)", type: $1) }
  }

  /// An array of the same number everywhere.
  mutating func splat(_ number: Float, _ shape: Shape) -> Operand {
    constant(Literal.text(number), [number.bitPattern], TensorType(shape))
  }

  mutating func splat(_ number: Int, _ element: TensorType.Element, _ shape: Shape) -> Operand {
    constant(
      String(number), [UInt32(truncatingIfNeeded: number)], TensorType(shape, element))
  }

  mutating func truth() -> Operand { constant("true", [1], TensorType([], .boolean)) }

  /// An array of numbers.
  mutating func constant(_ numbers: [Float], _ shape: Shape) -> Operand {
    if let first = numbers.first, numbers.allSatisfy({ $0.bitPattern == first.bitPattern }) {
      return splat(first, shape)
    }
    let text = numbers.isEmpty ? "" : Literal.text(numbers)
    return constant(text, numbers.map(\.bitPattern), TensorType(shape))
  }

  private mutating func constant(
    _ text: String, _ numbers: [UInt32], _ type: TensorType
  ) -> Operand {
    let key = ConstantKey(numbers: numbers, type: type)
    if let known = constants[key] { return known }
    let operand = append("stablehlo.constant dense<\(text)> : \(type.text)", type)
    constants[key] = operand
    return operand
  }

  /// The function that returns `results`.
  func text(returning results: [Operand]) -> String {
    let list = arguments.map { "\($0.operand.name): \($0.operand.type.text)\($0.attributes)" }
    let types = results.map(\.type.text).joined(separator: ", ")
    let visibility = isPublic ? "public" : "private"
    let head = "  func.func \(visibility) @\(name)(\(list.joined(separator: ", "))) -> (\(types)) {"
    let end = "return \(results.map(\.name).joined(separator: ", ")) : \(types)"
    return ([head] + (lines + [end]).map { "    \($0)" } + ["  }"]).joined(separator: "\n")
  }
}
