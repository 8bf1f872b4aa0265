internal import ComputeGraph
internal import Tensors

/// Turns a graph into a plan.
///
/// While kernels are emitted, an arena slot's offset is the number of its array; ``ArenaLayout``
/// replaces it.
struct Planner {
  let graph: Graph
  /// Where parameters and their gradients lie.
  let parameterOffsets: [Value: Int]
  let gradientOffsets: [Value: Int]
  let outputs: [Value]
  let library: MatrixLibrary

  var kernels: [Kernel] = []
  private(set) var products: [MatrixProduct] = []
  private var packings: [Packing] = []
  private var productIndices: [MatrixProductShape: Int] = [:]
  private var constants: [Float] = []
  private var sizes: [Int] = []
  private var slots: [Value: Slot] = [:]
  private(set) var uses: [Value: [Int]] = [:]
  /// The attentions with kernels of their own, by their weights.
  var attentionKernels: [Value: any AttentionKernel] = [:]
  private(set) var fusions: [Int: Fusion] = [:]
  /// How the kernels of other nodes read each value.
  var reads: [Value: ReadPrecisions] = [:]
  /// Copies in bfloat16 of values that are stored in single precision.
  var rounded: [Value: Slot] = [:]

  /// A sum or product, element by element, that the kernel of one of its operands makes on the way.
  struct Fusion {
    let result: Value
    let other: Value
    let combination: ProductCombination
  }

  init(
    graph: Graph, outputs: [Value], parameterOffsets: [Value: Int], gradientOffsets: [Value: Int],
    library: MatrixLibrary
  ) {
    self.graph = graph
    self.outputs = outputs
    self.parameterOffsets = parameterOffsets
    self.gradientOffsets = gradientOffsets
    self.library = library
  }

  /// - Throws: ``EngineError`` if oneDNN offers no primitive.
  mutating func plan() throws -> Plan {
    let wanted =
      outputs + gradientOffsets.keys.sorted { ($0.node, $0.result) < ($1.node, $1.result) }
    let nodes = graph.ancestors(of: wanted)
    for node in nodes {
      for operand in graph.nodes[node].operands { uses[operand, default: []].append(node) }
    }
    findFusions(nodes)
    findPrecisions(nodes, wanted: wanted)
    for node in nodes { try emit(node) }
    for value in wanted where gradientOffsets[value] != nil { contribute(value) }
    return finish(wanted)
  }

  // MARK: Slots

  /// A new array of the arena.
  mutating func array(_ count: Int, in precision: Precision = .float32) -> Slot {
    sizes.append(precision.storage(count))
    return Slot(space: .arena, offset: sizes.count - 1, precision: precision)
  }

  /// The slot that `value` is computed into; a lone contribution to a gradient goes there at once.
  mutating func result(
    _ value: Value, in precision: Precision = .float32, direct: Bool = false
  ) -> Slot {
    if let slot = slots[value] { return slot }
    let slot: Slot
    if direct, let offset = gradientOffsets[value], uses[value] == nil {
      slot = Slot(space: .gradients, offset: offset)
    } else {
      slot = array(graph.shape(of: value).count, in: precision)
    }
    slots[value] = slot
    return slot
  }

  func slot(_ value: Value) -> Slot {
    guard let slot = slots[value] else {
      preconditionFailure("Operands are planned before the nodes that use them.")
    }
    return slot
  }

  mutating func alias(_ value: Value, to slot: Slot) { slots[value] = slot }

  func isUsed(_ value: Value) -> Bool {
    uses[value] != nil || outputs.contains(value) || gradientOffsets[value] != nil
  }

  mutating func constant(_ elements: [Float]) -> Slot {
    let slot = Slot(space: .constants, offset: constants.count)
    constants += elements
    constants += [Float](repeating: 0, count: aligned(constants.count) - constants.count)
    return slot
  }

  mutating func product(_ shape: MatrixProductShape) throws -> Int {
    if let index = productIndices[shape] { return index }
    products.append(try MatrixProduct(shape, library: library))
    productIndices[shape] = products.count - 1
    return products.count - 1
  }

  /// The packed form of a weight for a product.
  mutating func packed(_ weight: Slot, for product: Int) -> Slot {
    let packing = Packing(product: product, offset: weight.offset)
    if let index = packings.firstIndex(of: packing) { return Slot(space: .packed, offset: index) }
    packings.append(packing)
    return Slot(space: .packed, offset: packings.count - 1)
  }

  // MARK: Fusion

  /// Finds sums and products, element by element, with the result of a kernel that nothing else
  /// reads and that can make them.
  private mutating func findFusions(_ nodes: [Int]) {
    for node in nodes {
      let combination: ProductCombination
      switch graph.nodes[node].primitive {
      case .add: combination = .sum
      case .multiply: combination = .product
      default: continue
      }
      let operands = graph.nodes[node].operands
      for (candidate, other) in [(operands[1], operands[0]), (operands[0], operands[1])] {
        guard let producer = soleProducer(candidate, combination), fusions[producer] == nil,
          other.node < producer, candidate != other
        else { continue }
        fusions[producer] = Fusion(
          result: Value(node: node, result: 0), other: other, combination: combination)
        break
      }
    }
  }

  /// The node whose first result `value` is, perhaps reshaped, if nothing else reads it and its
  /// kernel can combine it so.
  private func soleProducer(_ value: Value, _ combination: ProductCombination) -> Int? {
    var value = value
    while true {
      guard uses[value]?.count == 1, !outputs.contains(value), gradientOffsets[value] == nil else {
        return nil
      }
      let node = graph.nodes[value.node]
      switch node.primitive {
      case .reshape: value = node.operands[0]
      case .linear: return value.node
      case .matmul: return node.resultShapes[0].rank == 2 ? value.node : nil
      case .layerNormGradient:
        return value.result == 0 && combination == .sum ? value.node : nil
      default: return nil
      }
    }
  }

  /// Where the first result of `node` goes, and with what it is combined on the way.
  ///
  /// - Parameters:
  ///   - precision: the only one that the kernel writes, if it has no choice.
  ///   - direct: whether the kernel can write into a gradient.
  mutating func destination(
    _ node: Int, in precision: Precision? = nil, direct: Bool = true
  ) -> (slot: Slot, other: (slot: Slot, combination: ProductCombination)?) {
    guard let fusion = fusions[node] else {
      let value = Value(node: node, result: 0)
      return (result(value, in: precision ?? self.precision(of: value), direct: direct), nil)
    }
    let slot = result(fusion.result, in: precision ?? self.precision(of: fusion.result))
    alias(Value(node: node, result: 0), to: slot)
    return (slot, (self.slot(fusion.other), fusion.combination))
  }

  // MARK: Finish

  private mutating func contribute(_ value: Value) {
    guard let offset = gradientOffsets[value], slot(value).space != .gradients else { return }
    let target = Slot(space: .gradients, offset: offset)
    kernels.append(.contribute(slot(value), into: target, count: graph.shape(of: value).count))
  }

  private func finish(_ wanted: [Value]) -> Plan {
    var lifetimes = [ClosedRange<Int>?](repeating: nil, count: sizes.count)
    let touch = { (slot: Slot, kernel: Int) in
      guard slot.space == .arena else { return }
      let known = lifetimes[slot.offset]
      lifetimes[slot.offset] =
        min(known?.lowerBound ?? kernel, kernel)...max(known?.upperBound ?? kernel, kernel)
    }
    for (index, kernel) in kernels.enumerated() {
      for slot in kernel.slots { touch(slot, index) }
    }
    // Inputs are written before the first kernel, outputs read after the last.
    var kept: [Value: Slot] = [:]
    for (value, slot) in slots {
      if case .input = graph.nodes[value.node].primitive {
        touch(slot, -1)
        kept[value] = slot
      }
    }
    for value in wanted {
      touch(slot(value), kernels.count)
      kept[value] = slot(value)
    }
    let layout = ArenaLayout(sizes: sizes, lifetimes: lifetimes)
    let place = { (slot: Slot) -> Slot in
      guard slot.space == .arena else { return slot }
      return Slot(
        space: .arena, offset: layout.offsets[slot.offset], precision: slot.precision)
    }
    let buffer = AlignedBuffer(count: constants.count)
    for (index, number) in constants.enumerated() { buffer.pointer[index] = number }
    return Plan(
      kernels: kernels.map { $0.mappingSlots(place) }, products: products, packings: packings,
      arenaCount: layout.count, constants: buffer, slots: kept.mapValues(place))
  }
}
