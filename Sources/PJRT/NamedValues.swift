#if XLA
  internal import CPJRT
  internal import Glibc

  /// Options of a plug-in as the interface takes them, alive as long as this is.
  final class NamedValues {
    private let values: UnsafeMutableBufferPointer<PJRT_NamedValue>

    init(_ options: [String: Int]) {
      values = .allocate(capacity: options.count)
      for (index, (name, number)) in options.sorted(by: { $0.key < $1.key }).enumerated() {
        var value = PJRT_NamedValue()
        value.struct_size = PJRT_NamedValue_STRUCT_SIZE
        value.name = UnsafePointer(strdup(name))
        value.name_size = name.utf8.count
        value.type = PJRT_NamedValue_kInt64
        value.int64_value = Int64(number)
        value.value_size = 1
        values.initializeElement(at: index, to: value)
      }
    }

    var pointer: UnsafePointer<PJRT_NamedValue>? { UnsafePointer(values.baseAddress) }
    var count: Int { values.count }

    deinit {
      for value in values { free(UnsafeMutableRawPointer(mutating: value.name)) }
      values.deallocate()
    }
  }
#endif
