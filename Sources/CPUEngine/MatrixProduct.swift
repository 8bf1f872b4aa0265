internal import COneDNN
internal import ComputeGraph

/// The shape of a product, by which primitives are shared.
struct MatrixProductShape: Hashable, Sendable {
  var left: [Int]
  var leftStrides: [Int]
  var right: [Int]
  var rightStrides: [Int]
  var result: [Int]
  var resultStrides: [Int]
  /// Of both operands.
  var precision = Precision.float32
  var resultPrecision = Precision.float32
  var bias = false
  var accumulates = false
  /// What the product is combined with, element by element, before it is stored.
  var combination: ProductCombination?
  /// Of the array that the product is combined with.
  var otherPrecision = Precision.float32
  /// Whether the right operand is a ``PackedWeight``.
  var packsRight = false

  /// A product of dense matrices, repeated `batch` times if there is more than one.
  init(
    batch: Int = 1, rows: Int, columns: Int, inner: Int, transposeLeft: Bool, transposeRight: Bool
  ) {
    left = [rows, inner]
    leftStrides = transposeLeft ? [1, rows] : [inner, 1]
    right = [inner, columns]
    rightStrides = transposeRight ? [1, inner] : [columns, 1]
    result = [rows, columns]
    resultStrides = [columns, 1]
    guard batch > 1 else { return }
    left.insert(batch, at: 0)
    leftStrides.insert(rows * inner, at: 0)
    right.insert(batch, at: 0)
    rightStrides.insert(inner * columns, at: 0)
    result.insert(batch, at: 0)
    resultStrides.insert(rows * columns, at: 0)
  }

  /// A product of strided arrays of four axes.
  init(_ left: StridedMatrix, _ right: StridedMatrix, into result: StridedMatrix) {
    self.left = left.extents
    leftStrides = left.strides
    self.right = right.extents
    rightStrides = right.strides
    self.result = result.extents
    resultStrides = result.strides
  }
}

/// How a product is combined with another array of its shape.
enum ProductCombination: Hashable, Sendable {
  case sum
  case product
}

/// Extents and strides of a stack of matrices within a larger array.
struct StridedMatrix: Hashable, Sendable {
  let extents: [Int]
  let strides: [Int]

  /// The same elements with rows and columns exchanged.
  var transposed: StridedMatrix {
    let last = extents.count - 1
    var (extents, strides) = (extents, strides)
    extents.swapAt(last, last - 1)
    strides.swapAt(last, last - 1)
    return StridedMatrix(extents: extents, strides: strides)
  }
}

/// A matrix product of oneDNN, compiled for one shape and shared by all workers.
///
/// Sendable because a primitive is not changed by execution; each worker brings its own memory
/// objects.
final class MatrixProduct: @unchecked Sendable {
  let shape: MatrixProductShape
  let scratchpadCount: Int
  /// The name of the kernel that oneDNN chose.
  let implementation: String
  private let library: MatrixLibrary
  let primitive: dnnl_primitive_t

  init(_ shape: MatrixProductShape, library: MatrixLibrary) throws {
    self.shape = shape
    self.library = library
    let wide = { (numbers: [Int]) in numbers.map(Int64.init) }
    var created: dnnl_primitive_t?
    var scratchpadBytes = 0
    var name: UnsafePointer<CChar>?
    // A primitive is blocked for as many threads as the thread that creates it may start.
    MatrixLibrary.useOneThread()
    let status = onednn_matmul_create(
      library.engine, Int32(shape.left.count), wide(shape.left), wide(shape.leftStrides),
      wide(shape.right), wide(shape.rightStrides), wide(shape.result), wide(shape.resultStrides),
      shape.bias, shape.accumulates, shape.combination == .sum,
      shape.combination == .product,
      shape.packsRight, shape.precision.dataType, shape.resultPrecision.dataType,
      shape.otherPrecision.dataType, &created, &scratchpadBytes, &name)
    guard status == dnnl_success, let created else {
      throw EngineError.library(function: "dnnl_matmul", status: Int(status.rawValue))
    }
    primitive = created
    scratchpadCount = (scratchpadBytes + 3) / 4
    implementation = name.map { String(cString: $0) } ?? "unknown"
  }

  deinit { dnnl_primitive_destroy(primitive) }
}

/// One worker's memory objects for one product; their storage is set at each call.
final class MatrixProductCall {
  private let product: MatrixProduct
  private let stream: dnnl_stream_t
  private var memories: [dnnl_memory_t?]

  init(_ product: MatrixProduct, library: MatrixLibrary) throws {
    self.product = product
    stream = library.stream
    memories = [dnnl_memory_t?](repeating: nil, count: Int(onednn_matmul_argument_count))
    let status = onednn_matmul_memories(
      product.primitive, library.engine, product.shape.bias,
      product.shape.combination != nil, &memories)
    guard status == dnnl_success else {
      throw EngineError.library(function: "dnnl_memory_create", status: Int(status.rawValue))
    }
  }

  deinit {
    for memory in memories where memory != nil { dnnl_memory_destroy(memory) }
  }

  /// Runs the product and returns oneDNN's status, zero for success.
  func callAsFunction(
    left: UnsafeMutableRawPointer, right: UnsafeMutableRawPointer,
    result: UnsafeMutableRawPointer, scratchpad: UnsafeMutableRawPointer,
    bias: UnsafeMutableRawPointer? = nil, other: UnsafeMutableRawPointer? = nil
  ) -> Int {
    let storage: InlineArray<6, UnsafeMutableRawPointer?> = [
      left, right, result, scratchpad, bias, other,
    ]
    return storage.span.withUnsafeBufferPointer { storage in
      memories.withUnsafeBufferPointer { memories in
        Int(
          onednn_matmul_execute(
            product.primitive, stream, memories.baseAddress, storage.baseAddress
          ).rawValue)
      }
    }
  }
}

extension Precision {
  fileprivate var dataType: dnnl_data_type_t {
    switch self {
    case .float32: dnnl_f32
    case .bfloat16: dnnl_bf16
    }
  }
}

/// oneDNN's CPU engine, and a stream on which calls return when they are done.
///
/// Sendable because both are handles that the library may use from any thread.
final class MatrixLibrary: @unchecked Sendable {
  let engine: dnnl_engine_t
  let stream: dnnl_stream_t

  init() throws {
    MatrixLibrary.useOneThread()
    var engine: dnnl_engine_t?
    var stream: dnnl_stream_t?
    var status = dnnl_engine_create(&engine, dnnl_cpu, 0)
    if status == dnnl_success {
      status = dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue)
    }
    guard status == dnnl_success, let engine, let stream else {
      throw EngineError.library(function: "dnnl_engine_create", status: Int(status.rawValue))
    }
    self.engine = engine
    self.stream = stream
  }

  deinit {
    dnnl_stream_destroy(stream)
    dnnl_engine_destroy(engine)
  }

  /// Whether the processor has instructions for products in `precision`, as far as the library may
  /// use them (it obeys `ONEDNN_MAX_CPU_ISA`).
  func supports(_ precision: Precision) -> Bool {
    switch precision {
    case .float32: true
    case .bfloat16: hasInstructions(dnnl_cpu_isa_avx512_core_bf16)
    }
  }

  /// Whether the processor multiplies tiles, likewise.
  var hasTiles: Bool { hasInstructions(dnnl_cpu_isa_avx512_core_amx) }

  private func hasInstructions(_ set: dnnl_cpu_isa_t) -> Bool {
    let available = dnnl_get_effective_cpu_isa()
    return available != dnnl_cpu_isa_all && available.rawValue & set.rawValue == set.rawValue
  }

  /// Keeps the library from starting threads of its own for the calling thread.
  static func useOneThread() { omp_set_num_threads(1) }
}
