/// A place for an array while a plan runs.
struct Slot: Hashable, Sendable {
  /// The buffer in which a slot lies.
  enum Space: Hashable, Sendable {
    /// The worker's own memory, reused from block to block.
    case arena
    case parameters
    /// A packed weight; the offset is its number.
    case packed
    case constants
    /// The gradient sum of the lane that the worker computes.
    case gradients
  }

  let space: Space
  /// In elements.
  let offset: Int
}

/// Where the spaces of a worker begin.
struct Bases {
  let arena: UnsafeMutablePointer<Float>
  let parameters: ParameterMemory
  let constants: UnsafeMutablePointer<Float>
  let gradients: UnsafeMutablePointer<Float>

  @inline(__always)
  subscript(slot: Slot) -> UnsafeMutablePointer<Float> {
    switch slot.space {
    case .arena: arena + slot.offset
    case .parameters: parameters.plain.pointer + slot.offset
    case .packed: parameters.packed[slot.offset].pointer
    case .constants: constants + slot.offset
    case .gradients: gradients + slot.offset
    }
  }
}

/// Rounds up to whole cache lines.
func aligned(_ count: Int) -> Int { (count + 15) & ~15 }
