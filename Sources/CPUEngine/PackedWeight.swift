internal import COneDNN
internal import ComputeGraph

/// A weight in the layout that the products of one shape like best, made anew whenever parameters
/// change.
///
/// Sendable because one worker packs it while nobody reads it.
final class PackedWeight: @unchecked Sendable {
  /// Where the weight lies among the parameters.
  private let offset: Int
  private let library: MatrixLibrary
  private let packed: AlignedBuffer
  private let packing: dnnl_primitive_t
  private let source: dnnl_memory_t
  private let target: dnnl_memory_t

  var pointer: UnsafeMutablePointer<Float> { packed.pointer }

  /// - Parameters:
  ///   - product: takes a packed right operand.
  ///   - offset: of the weight among the parameters.
  /// - Throws: `EngineError` if oneDNN offers no reorder.
  init(_ product: MatrixProduct, offset: Int, library: MatrixLibrary) throws {
    self.offset = offset
    self.library = library
    var created: dnnl_primitive_t?
    var memories: (dnnl_memory_t?, dnnl_memory_t?)
    var byteCount = 0
    let status = onednn_packing_create(
      library.engine, product.primitive, Int32(product.shape.right.count),
      product.shape.right.map(Int64.init), product.shape.rightStrides.map(Int64.init), &created,
      &memories.0, &memories.1, &byteCount)
    guard status == dnnl_success, let created, let source = memories.0, let target = memories.1
    else {
      throw EngineError.library(function: "dnnl_reorder", status: Int(status.rawValue))
    }
    packing = created
    self.source = source
    self.target = target
    packed = AlignedBuffer(count: (byteCount + 3) / 4)
  }

  deinit {
    dnnl_memory_destroy(source)
    dnnl_memory_destroy(target)
    dnnl_primitive_destroy(packing)
  }

  /// Packs the weight and returns oneDNN's status, zero for success.
  func pack(from parameters: AlignedBuffer) -> Int {
    Int(
      onednn_packing_execute(
        packing, library.stream, source, target, parameters.pointer + offset, packed.pointer
      ).rawValue)
  }
}

/// The parameters of a model, and the packed weights that the products of its plan read.
final class ParameterMemory: Sendable {
  let plain: AlignedBuffer
  let packed: [PackedWeight]

  init(_ plain: AlignedBuffer, for plan: Plan, library: MatrixLibrary) throws {
    self.plain = plain
    packed = try plan.packings.map {
      try PackedWeight(plan.products[$0.product], offset: $0.offset, library: library)
    }
  }

  /// Packs every weight on the calling thread.
  ///
  /// - Throws: `EngineError` if oneDNN fails.
  func pack() throws {
    MatrixLibrary.useOneThread()
    for weight in packed {
      let status = weight.pack(from: plain)
      guard status == 0 else { throw EngineError.library(function: "dnnl_reorder", status: status) }
    }
  }
}
