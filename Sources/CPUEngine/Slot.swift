internal import ComputeGraph

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
  /// In single-precision numbers, whatever the array holds.
  let offset: Int
  /// Of the array's elements.
  var precision = Precision.float32
}

/// Where an array begins, and what it holds.
struct ArrayPointer {
  /// The array, if it holds single-precision numbers.
  let floats: UnsafeMutablePointer<Float>
  let precision: Precision

  var elementBytes: Int { precision == .float32 ? 4 : 2 }

  @inline(__always)
  func element(_ index: Int) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(floats) + index * elementBytes
  }

  /// The array, if it holds numbers of half their size.
  @inline(__always)
  var halves: UnsafeMutablePointer<BFloat16> {
    UnsafeMutableRawPointer(floats).assumingMemoryBound(to: BFloat16.self)
  }
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

  /// The array in `slot`, whatever it holds.
  @inline(__always)
  func array(_ slot: Slot) -> ArrayPointer {
    ArrayPointer(floats: self[slot], precision: slot.precision)
  }

  @inline(__always)
  func halves(_ slot: Slot) -> UnsafeMutablePointer<BFloat16> { array(slot).halves }
}

/// Rounds up to whole cache lines.
func aligned(_ count: Int) -> Int { (count + 15) & ~15 }
