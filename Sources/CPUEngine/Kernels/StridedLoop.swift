/// A loop over an index space in which operand and result each have their own strides.
///
/// Movement and reduction are this loop with different strides: a stride of 0 repeats or reduces.
struct StridedLoop: Hashable, Sendable {
  enum Action: Hashable, Sendable {
    case copy
    case add
    case maximum
  }

  let extents: [Int]
  let source: [Int]
  let target: [Int]
  let action: Action
  /// Where the first element lies on each side.
  let sourceStart: Int
  let targetStart: Int

  /// Merges neighbouring axes that both sides traverse as one, so that the inner loop is long.
  init(
    extents: [Int], source: [Int], target: [Int], action: Action,
    shift: (source: Int, target: Int) = (0, 0)
  ) {
    var merged: (extents: [Int], source: [Int], target: [Int]) = ([], [], [])
    for axis in extents.indices where extents[axis] != 1 {
      if let last = merged.extents.indices.last,
        merged.source[last] == source[axis] * extents[axis],
        merged.target[last] == target[axis] * extents[axis]
      {
        merged.extents[last] *= extents[axis]
        merged.source[last] = source[axis]
        merged.target[last] = target[axis]
      } else {
        merged.extents.append(extents[axis])
        merged.source.append(source[axis])
        merged.target.append(target[axis])
      }
    }
    self.extents = merged.extents
    self.source = merged.source
    self.target = merged.target
    self.action = action
    sourceStart = shift.source
    targetStart = shift.target
  }

  /// Copies elements as they are.
  func copy<Element>(_ x: UnsafePointer<Element>, _ y: UnsafeMutablePointer<Element>) {
    visit { run in
      let (x, y) = (x + run.source, y + run.target)
      if run.isDense {
        y.update(from: x, count: run.count)
      } else {
        for i in 0..<run.count { y[i * run.targetStride] = x[i * run.sourceStride] }
      }
    }
  }

  /// Adds elements to, or compares them with, what is there.
  func reduce<Element: ArrayElement>(
    _ x: UnsafePointer<Element>, _ y: UnsafeMutablePointer<Float>
  ) {
    if action == .add, extents.count == 2, source[1] == 1, target == [0, 1] {
      return addRows(x + sourceStart, y + targetStart)
    }
    let action = action
    visit { run in
      let (x, y) = (x + run.source, y + run.target)
      let (from, to) = (run.sourceStride, run.targetStride)
      switch action {
      case .copy: preconditionFailure("Copies are no reductions.")
      case .add where run.isDense: for i in 0..<run.count { y[i] += x[i].widened }
      case .add where to == 0:
        var sum: Float = 0
        for i in 0..<run.count { sum += x[i * from].widened }
        y[0] += sum
      case .add: for i in 0..<run.count { y[i * to] += x[i * from].widened }
      case .maximum:
        for i in 0..<run.count where x[i * from].widened > y[i * to] {
          y[i * to] = x[i * from].widened
        }
      }
    }
  }

  /// Adds rows into one, in their order; four in a pass.
  private func addRows<Element: ArrayElement>(
    _ x: UnsafePointer<Element>, _ y: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns, stride) = (extents[0], extents[1], source[0])
    let whole = rows & ~3
    for row in Swift.stride(from: 0, to: whole, by: 4) {
      let first = x + row * stride
      let (second, third, fourth) = (first + stride, first + 2 * stride, first + 3 * stride)
      for i in 0..<columns {
        y[i] =
          y[i] + first[i].widened + second[i].widened + third[i].widened + fourth[i].widened
      }
    }
    for row in whole..<rows {
      for i in 0..<columns { y[i] += x[row * stride + i].widened }
    }
  }

  /// A pass along the innermost axis: where it starts on each side, and its strides.
  private struct Run {
    let source: Int
    let target: Int
    let count: Int
    let sourceStride: Int
    let targetStride: Int

    @inline(__always)
    var isDense: Bool { sourceStride == 1 && targetStride == 1 }
  }

  /// The axes as plain pointers: arrays would be retained in each pass.
  private struct Axes {
    let count: Int
    let extents: UnsafePointer<Int>
    let source: UnsafePointer<Int>
    let target: UnsafePointer<Int>
  }

  @inline(__always)
  private func visit(_ body: (Run) -> Void) {
    guard !extents.contains(0) else { return }
    extents.withUnsafeBufferPointer { extents in
      source.withUnsafeBufferPointer { source in
        target.withUnsafeBufferPointer { target in
          guard let e = extents.baseAddress, let s = source.baseAddress,
            let t = target.baseAddress, !extents.isEmpty
          else {
            return body(
              Run(
                source: sourceStart, target: targetStart, count: 1, sourceStride: 0,
                targetStride: 0))
          }
          let axes = Axes(count: extents.count, extents: e, source: s, target: t)
          Self.visit(axes, 0, sourceStart, targetStart, body)
        }
      }
    }
  }

  private static func visit(
    _ axes: Axes, _ axis: Int, _ source: Int, _ target: Int, _ body: (Run) -> Void
  ) {
    guard axis < axes.count - 1 else {
      return body(
        Run(
          source: source, target: target, count: axes.extents[axis],
          sourceStride: axes.source[axis], targetStride: axes.target[axis]))
    }
    for index in 0..<axes.extents[axis] {
      visit(
        axes, axis + 1, source + index * axes.source[axis], target + index * axes.target[axis],
        body)
    }
  }
}
