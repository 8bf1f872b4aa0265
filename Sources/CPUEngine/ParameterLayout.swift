internal import ComputeGraph
internal import Tensors

/// Where parameters lie in one flat vector, each on a cache line of its own.
struct ParameterLayout: Sendable {
  let shapes: [Shape]
  let offsets: [Int]
  /// Elements in all, gaps included; gaps stay zero.
  let count: Int

  init(_ shapes: [Shape]) {
    self.shapes = shapes
    var end = 0
    offsets = shapes.map { shape in
      defer { end += aligned(shape.count) }
      return end
    }
    count = end
  }

  func write(_ tensors: [Tensor], to buffer: AlignedBuffer) {
    precondition(tensors.map(\.shape) == shapes, "A state fits the program that it belongs to.")
    for (tensor, offset) in zip(tensors, offsets) {
      for (index, element) in tensor.elements.enumerated() {
        buffer.pointer[offset + index] = element
      }
    }
  }

  func read(_ buffer: AlignedBuffer) -> [Tensor] {
    zip(shapes, elements(of: buffer)).map { Tensor(shape: $0, elements: Array($1)) }
  }

  /// The elements of each parameter, where they lie.
  func elements(of buffer: AlignedBuffer) -> [UnsafeBufferPointer<Float>] {
    zip(shapes, offsets).map { shape, offset in
      UnsafeBufferPointer(start: buffer.pointer + offset, count: shape.count)
    }
  }

  func offsets(of values: [Value]) -> [Value: Int] {
    Dictionary(zip(values, offsets)) { first, _ in first }
  }
}
