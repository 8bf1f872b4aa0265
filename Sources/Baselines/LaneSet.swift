import RealModule

/// Some of eight lanes.
struct LaneSet {
  private var bits: UInt8

  init(_ contains: (_ lane: Int) -> Bool) {
    bits = 0
    for lane in 0..<8 where contains(lane) { bits |= 1 << UInt8(lane) }
  }

  var isEmpty: Bool { bits == 0 }

  func contains(_ lane: Int) -> Bool { bits >> UInt8(lane) & 1 == 1 }

  /// The lanes of the set that a condition holds for.
  func intersection(_ condition: (_ lane: Int) -> Bool) -> LaneSet {
    LaneSet { contains($0) && condition($0) }
  }

  /// Drops the lanes that a condition does not hold for.
  mutating func formIntersection(_ condition: (_ lane: Int) -> Bool) {
    self = intersection(condition)
  }

  /// The numbers of the lanes of the set, and zero in the others.
  func choose<Number: BinaryFloatingPoint & AlgebraicField>(
    _ numbers: Lanes<Number>
  ) -> Lanes<Number> {
    var chosen = numbers
    for lane in 0..<8 where !contains(lane) { chosen[lane] = 0 }
    return chosen
  }
}
