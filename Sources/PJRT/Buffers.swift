#if XLA
  internal import CPJRT

  /// Numbers that devices hold.
  package enum ElementType {
    case float32
    case int32
    case uint32

    var code: PJRT_Buffer_Type {
      switch self {
      case .float32: PJRT_Buffer_Type_F32
      case .int32: PJRT_Buffer_Type_S32
      case .uint32: PJRT_Buffer_Type_U32
      }
    }
  }

  /// A number of the host that devices know.
  package protocol DeviceNumber: BitwiseCopyable {
    static var elementType: ElementType { get }
    static var zero: Self { get }
  }

  extension Float: DeviceNumber {
    package static var elementType: ElementType { .float32 }
  }
  extension Int32: DeviceNumber {
    package static var elementType: ElementType { .int32 }
  }
  extension UInt32: DeviceNumber {
    package static var elementType: ElementType { .uint32 }
  }

  /// Arrays on devices: on each the same list, such as the arguments of a program.
  package struct Buffers: ~Copyable {
    let client: Client
    private(set) var lists: [[OpaquePointer]]

    /// Empty lists.
    ///
    /// - Parameter deviceCount: how many.
    package init(_ client: Client, deviceCount: Int) {
      self.init(client, lists: Array(repeating: [], count: deviceCount))
    }

    init(_ client: Client, lists: [[OpaquePointer]]) {
      self.client = client
      self.lists = lists
    }

    deinit {
      for buffer in lists.joined() { client.destroy(buffer: buffer) }
    }

    /// How many arrays each device has.
    package var count: Int { lists.first?.count ?? 0 }

    /// Copies an array to a device, at the end of its list.
    ///
    /// - Parameters:
    ///   - numbers: as many as `shape` says, which are not needed afterwards.
    ///   - shape: the extents, outermost first.
    ///   - place: the place of the list among those of all devices.
    ///   - device: whose list it is.
    /// - Throws: ``PJRTError/failed(function:code:message:)``, as where the device is full.
    package mutating func append<Number: DeviceNumber>(
      _ numbers: [Number], shape: [Int], at place: Int, on device: Device
    ) throws(PJRTError) {
      precondition(numbers.count == shape.reduce(1, *), "An array has as many numbers as places.")
      lists[place].append(
        try client.upload(numbers, shape: shape.map(Int64.init), to: device))
    }

    /// Copies an array back.
    ///
    /// - Parameters:
    ///   - index: which of a list.
    ///   - place: whose list.
    ///   - count: how many numbers it has.
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if what was to compute it failed.
    package borrowing func numbers<Number: DeviceNumber>(
      _ index: Int, at place: Int = 0, count: Int
    ) throws(PJRTError) -> [Number] {
      try client.download(lists[place][index], count: count)
    }

    /// Takes the first arrays of every list away.
    package mutating func takeFirst(_ count: Int) -> Buffers {
      let taken = lists.map { Array($0.prefix(count)) }
      lists = lists.map { Array($0.dropFirst(count)) }
      return Buffers(client, lists: taken)
    }

    /// Adds the arrays of other lists behind those of these.
    package mutating func append(_ others: consuming Buffers) {
      for place in lists.indices { lists[place] += others.lists[place] }
      others.lists = others.lists.map { _ in [] }
    }

    /// How many arrays of a list still hold numbers: a program that was given an array to keep its
    /// results in has taken it.
    package borrowing func remaining(at place: Int = 0) throws(PJRTError) -> Int {
      var count = 0
      for buffer in lists[place] where try !client.isDeleted(buffer) { count += 1 }
      return count
    }
  }

  extension Client {
    fileprivate func upload<Number: DeviceNumber>(
      _ numbers: [Number], shape: [Int64], to device: Device
    ) throws(PJRTError) -> OpaquePointer {
      var copy = PJRT_Client_BufferFromHostBuffer_Args()
      copy.struct_size = PJRT_Client_BufferFromHostBuffer_Args_STRUCT_SIZE
      copy.client = handle
      copy.type = Number.elementType.code
      copy.num_dims = shape.count
      copy.host_buffer_semantics = PJRT_HostBufferSemantics_kImmutableOnlyDuringCall
      copy.device = device.handle
      try numbers.withUnsafeBufferPointer { numbers throws(PJRTError) in
        try shape.withUnsafeBufferPointer { shape throws(PJRTError) in
          copy.data = UnsafeRawPointer(numbers.baseAddress)
          copy.dims = shape.baseAddress
          try plugIn.call(
            "PJRT_Client_BufferFromHostBuffer",
            plugIn.functions.PJRT_Client_BufferFromHostBuffer, &copy)
        }
      }
      if let event = copy.done_with_host_buffer { try Event(event, plugIn).wait() }
      guard let buffer = copy.buffer else {
        throw .missing(function: "PJRT_Client_BufferFromHostBuffer")
      }
      return buffer
    }

    fileprivate func download<Number: DeviceNumber>(
      _ buffer: OpaquePointer, count: Int
    ) throws(PJRTError) -> [Number] {
      var copy = PJRT_Buffer_ToHostBuffer_Args()
      copy.struct_size = PJRT_Buffer_ToHostBuffer_Args_STRUCT_SIZE
      copy.src = buffer
      var numbers = [Number](repeating: .zero, count: count)
      try numbers.withUnsafeMutableBufferPointer { numbers throws(PJRTError) in
        copy.dst = UnsafeMutableRawPointer(numbers.baseAddress)
        copy.dst_size = numbers.count * MemoryLayout<Number>.stride
        try plugIn.call(
          "PJRT_Buffer_ToHostBuffer", plugIn.functions.PJRT_Buffer_ToHostBuffer, &copy)
        if let event = copy.event { try Event(event, plugIn).wait() }
      }
      return numbers
    }

    fileprivate func isDeleted(_ buffer: OpaquePointer) throws(PJRTError) -> Bool {
      var question = PJRT_Buffer_IsDeleted_Args()
      question.struct_size = PJRT_Buffer_IsDeleted_Args_STRUCT_SIZE
      question.buffer = buffer
      try plugIn.call(
        "PJRT_Buffer_IsDeleted", plugIn.functions.PJRT_Buffer_IsDeleted, &question)
      return question.is_deleted
    }

    fileprivate func destroy(buffer: OpaquePointer) {
      var destruction = PJRT_Buffer_Destroy_Args()
      destruction.struct_size = PJRT_Buffer_Destroy_Args_STRUCT_SIZE
      destruction.buffer = buffer
      // Nothing can be done about a handle that cannot be freed.
      try? plugIn.call(
        "PJRT_Buffer_Destroy", plugIn.functions.PJRT_Buffer_Destroy, &destruction)
    }
  }
#endif
