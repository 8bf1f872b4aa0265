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

  func run(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    guard !extents.contains(0) else { return }
    let (x, y) = (x + sourceStart, y + targetStart)
    guard let inner = extents.last else { return apply(x, y, 1, 0, 0) }
    run(axis: 0, x, y, inner)
  }

  private func run(
    axis: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ inner: Int
  ) {
    guard axis < extents.count - 1 else {
      return apply(x, y, inner, source[axis], target[axis])
    }
    for index in 0..<extents[axis] {
      run(axis: axis + 1, x + index * source[axis], y + index * target[axis], inner)
    }
  }

  private func apply(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ from: Int,
    _ to: Int
  ) {
    switch (action, from, to) {
    case (.copy, 1, 1): y.update(from: x, count: count)
    case (.copy, _, _): for i in 0..<count { y[i * to] = x[i * from] }
    case (.add, 1, 1): for i in 0..<count { y[i] += x[i] }
    case (.add, 1, 0):
      var sum: Float = 0
      for i in 0..<count { sum += x[i] }
      y[0] += sum
    case (.add, _, _): for i in 0..<count { y[i * to] += x[i * from] }
    case (.maximum, _, _):
      for i in 0..<count where x[i * from] > y[i * to] { y[i * to] = x[i * from] }
    }
  }
}
