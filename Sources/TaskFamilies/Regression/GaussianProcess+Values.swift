// Dimension key
//   N  examples in an episode      D  dimension of an input
//   S  N, rounded up to whole vectors of sixteen

/// Sixteen entries of a row.
private typealias Entries = SIMD16<Float>

extension GaussianProcess {
  /// `S`
  private static func stride(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  /// How many numbers of room ``addValues(of:at:to:room:)`` needs.
  static func roomCount(_ count: Int, _ dimension: Int) -> Int {
    (count + dimension) * stride(count)
  }

  /// Adds `L z` to the targets, with the factor `L` of the covariance of the values at the inputs.
  ///
  /// Columns of `L` follow one after the other, each from those before it, in single precision:
  /// `L Lᵀ` is off by at most some 3·10⁻⁷ of the variance, less than the jitter. What rounding
  /// leaves of a pivot is never taken for less than that.
  ///
  /// - Parameters:
  ///   - normals: `z`, `[N]`
  ///   - inputs: `[N, D]`
  ///   - targets: `[N]`
  ///   - room: for the inputs as `[D, S]`, then for `Lᵀ`, `[N, S]`.
  func addValues(
    of normals: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>,
    room: inout MutableSpan<Float>
  ) {
    let count = targets.count
    let (stride, width) = (Self.stride(count), dimension)
    precondition(
      normals.count == count && inputs.count == count * width
        && room.count == Self.roomCount(count, width), "A number and a row for each target.")
    for i in 0..<width {
      for index in 0..<count { room[i &* stride &+ index] = inputs[index &* width &+ i] }
      for index in count..<stride { room[i &* stride &+ index] = 0 }
    }
    let variance = amplitude * amplitude
    let least = Float(Self.jitter) * variance
    for pivot in 0..<count {
      let row = (width &+ pivot) &* stride
      for block in Swift.stride(from: pivot / 16 * 16, to: count, by: 16) {
        let rest = remainder(room.span, block, pivot, stride, variance)
        var bytes = room.mutableBytes
        bytes.store(rest, at: row &+ block)
      }
      let square = room[row &+ pivot] + least
      let bounded = square > least ? square : least
      let inverse = 1 / bounded.squareRoot()
      room[row &+ pivot] = bounded
      for block in Swift.stride(from: pivot / 16 * 16, to: count, by: 16) {
        var bytes = room.mutableBytes
        let entries = inverse * bytes.bytes.floats(at: row &+ block)
        bytes.store(entries.from(lane: pivot &- block), at: row &+ block)
      }
    }
    addProducts(room.span, normals, to: &targets)
  }

  /// Sixteen covariances of the value at input `pivot`, less what earlier columns explain.
  @inline(__always)
  private func remainder(
    _ room: Span<Float>, _ block: Int, _ pivot: Int, _ stride: Int, _ variance: Float
  ) -> Entries {
    // All indices are in bounds, as those of the room are that are smaller than `N + D` rows.
    let bytes = room.bytes
    var distance = Entries()
    for i in 0..<dimension {
      let difference =
        bytes.floats(at: i &* stride &+ block) - room[unchecked: i &* stride &+ pivot]
      distance += difference * difference
    }
    let covariances = Entries.portableDecay((0.5 / (lengthScale * lengthScale)) * distance)
    // Four sums by turns, as each waits for its last subtraction.
    var sums = (variance * covariances, Entries(), Entries(), Entries())
    var row = dimension &* stride
    let end = row &+ pivot &* stride
    while row &+ 3 &* stride < end {
      let next = (row &+ stride, row &+ 2 &* stride, row &+ 3 &* stride)
      sums.0 -= room[unchecked: row &+ pivot] * bytes.floats(at: row &+ block)
      sums.1 -= room[unchecked: next.0 &+ pivot] * bytes.floats(at: next.0 &+ block)
      sums.2 -= room[unchecked: next.1 &+ pivot] * bytes.floats(at: next.1 &+ block)
      sums.3 -= room[unchecked: next.2 &+ pivot] * bytes.floats(at: next.2 &+ block)
      row &+= 4 &* stride
    }
    while row < end {
      sums.1 -= room[unchecked: row &+ pivot] * bytes.floats(at: row &+ block)
      row &+= stride
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
  }

  /// Adds `L z` to the targets, where `Lᵀ` is in the room, with zeros before the diagonal in its block.
  private func addProducts(
    _ room: Span<Float>, _ normals: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    let count = targets.count
    let stride = Self.stride(count)
    for block in Swift.stride(from: 0, to: count, by: 16) {
      var sums = (Entries(), Entries())
      let last = min(block + 16, count)
      for pivot in 0..<last {
        let entries = room.bytes.floats(at: (dimension &+ pivot) &* stride &+ block)
        if pivot % 2 == 0 {
          sums.0 += normals[unchecked: pivot] * entries
        } else {
          sums.1 += normals[unchecked: pivot] * entries
        }
      }
      let sum = sums.0 + sums.1
      for index in block..<last { targets[index] += sum[index &- block] }
    }
  }
}
