internal import ComputeGraph
internal import Tensors

/// In which precisions the kernels that read a value want it.
struct ReadPrecisions: OptionSet {
  let rawValue: Int

  static let float32 = ReadPrecisions(rawValue: 1)
  static let bfloat16 = ReadPrecisions(rawValue: 2)

  init(rawValue: Int) { self.rawValue = rawValue }

  init(_ precision: Precision) {
    switch precision {
    case .float32: self = .float32
    case .bfloat16: self = .bfloat16
    }
  }
}

extension Planner {
  /// Finds out how each value is read, from the last node to the first.
  mutating func findPrecisions(_ nodes: [Int], wanted: [Value]) {
    for value in wanted { reads[value, default: []].insert(.float32) }
    for node in nodes.reversed() {
      for (position, operand) in graph.nodes[node].operands.enumerated() {
        reads[operand, default: []].formUnion(precisions(node, position))
      }
    }
  }

  /// How `node` reads its operand number `position`; nothing where it takes what there is.
  private func precisions(_ node: Int, _ position: Int) -> ReadPrecisions {
    let record = graph.nodes[node]
    switch record.primitive {
    case .matmul(_, _, let precision): return ReadPrecisions(precision)
    case .linear(let precision): return position < 2 ? ReadPrecisions(precision) : .float32
    case .attention(let rule): return ReadPrecisions(rule.precision)
    case .attentionGradient(let rule):
      return position < 4 ? ReadPrecisions(rule.precision) : .float32
    case .reshape, .transpose, .slice, .place, .broadcast:
      return reads[Value(node: node, result: 0)] ?? []
    case .sum: return []
    case .multiply:
      guard let producer = producer(ofFused: node) else { return .float32 }
      return ReadPrecisions(graph.nodes[producer].primitive.precision)
    default: return .float32
    }
  }

  /// The node whose kernel makes the sum or product `node` on the way.
  private func producer(ofFused node: Int) -> Int? {
    fusions.first { $0.value.result.node == node }?.key
  }

  /// The precision in which a value is stored first; a copy in bfloat16 may follow.
  func precision(of value: Value) -> Precision {
    reads[value] == .bfloat16 ? .bfloat16 : .float32
  }

  /// Whether any reader wants a value in bfloat16.
  func isReadRounded(_ value: Value) -> Bool { reads[value]?.contains(.bfloat16) ?? false }

  /// Where a kernel finds an operand in the precision that it reads; rounds it if nobody did.
  mutating func operand(_ value: Value, in precision: Precision) -> Slot {
    let known = slot(value)
    guard known.precision != precision else { return known }
    precondition(precision == .bfloat16, "What is read in float32 is stored so.")
    let origin = beforeReshapes(value)
    if let slot = rounded[origin] { return slot }
    let copy = rounded(known, graph.shape(of: value).count, in: precision)
    rounded[origin] = copy
    return copy
  }

  /// The same numbers in `precision`.
  mutating func rounded(_ slot: Slot, _ count: Int, in precision: Precision) -> Slot {
    guard slot.precision != precision else { return slot }
    let copy = array(count, in: precision)
    kernels.append(.round(slot, into: copy, count: count))
    return copy
  }

  private func beforeReshapes(_ value: Value) -> Value {
    var value = value
    while case .reshape = graph.nodes[value.node].primitive {
      value = graph.nodes[value.node].operands[0]
    }
    return value
  }
}

extension Graph {
  /// Whether any product rounds its operands.
  var roundsOperands: Bool { nodes.contains { $0.primitive.precision == .bfloat16 } }
}

extension Primitive {
  /// Of the operands of its product; single where there is none.
  fileprivate var precision: Precision {
    switch self {
    case .matmul(_, _, let precision), .linear(let precision): precision
    case .attention(let rule), .attentionGradient(let rule): rule.precision
    default: .float32
    }
  }
}
