#if XLA
  internal import CPJRT

  extension Client {
    func upload<Number: DeviceNumber>(
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
      guard let buffer = copy.buffer else {
        throw .missing(function: "PJRT_Client_BufferFromHostBuffer")
      }
      do throws(PJRTError) {
        if let event = copy.done_with_host_buffer { try Event(event, plugIn).wait() }
      } catch {
        destroy(buffer: buffer)
        throw error
      }
      return buffer
    }

    func download<Number: DeviceNumber>(
      _ buffer: OpaquePointer, shape: [Int]
    ) throws(PJRTError) -> [Number] {
      // Devices may keep their axes in another order.
      let minorToMajor = shape.indices.reversed().map(Int64.init)
      var layout = PJRT_Buffer_MemoryLayout()
      layout.struct_size = PJRT_Buffer_MemoryLayout_STRUCT_SIZE
      layout.type = PJRT_Buffer_MemoryLayout_Type_Tiled
      layout.tiled.struct_size = PJRT_Buffer_MemoryLayout_Tiled_STRUCT_SIZE
      layout.tiled.minor_to_major_size = shape.count
      var copy = PJRT_Buffer_ToHostBuffer_Args()
      copy.struct_size = PJRT_Buffer_ToHostBuffer_Args_STRUCT_SIZE
      copy.src = buffer
      var numbers = [Number](repeating: .zero, count: shape.reduce(1, *))
      try minorToMajor.withUnsafeBufferPointer { minorToMajor throws(PJRTError) in
        layout.tiled.minor_to_major = minorToMajor.baseAddress
        try withUnsafeMutablePointer(to: &layout) { layout throws(PJRTError) in
          copy.host_layout = layout
          try numbers.withUnsafeMutableBufferPointer { numbers throws(PJRTError) in
            copy.dst = UnsafeMutableRawPointer(numbers.baseAddress)
            copy.dst_size = numbers.count * MemoryLayout<Number>.stride
            try plugIn.call(
              "PJRT_Buffer_ToHostBuffer", plugIn.functions.PJRT_Buffer_ToHostBuffer, &copy)
            if let event = copy.event { try Event(event, plugIn).wait() }
          }
        }
      }
      return numbers
    }

    func isDeleted(_ buffer: OpaquePointer) throws(PJRTError) -> Bool {
      var question = PJRT_Buffer_IsDeleted_Args()
      question.struct_size = PJRT_Buffer_IsDeleted_Args_STRUCT_SIZE
      question.buffer = buffer
      try plugIn.call(
        "PJRT_Buffer_IsDeleted", plugIn.functions.PJRT_Buffer_IsDeleted, &question)
      return question.is_deleted
    }

    func destroy(buffer: OpaquePointer) {
      var destruction = PJRT_Buffer_Destroy_Args()
      destruction.struct_size = PJRT_Buffer_Destroy_Args_STRUCT_SIZE
      destruction.buffer = buffer
      // Nothing can be done about a handle that cannot be freed.
      try? plugIn.call(
        "PJRT_Buffer_Destroy", plugIn.functions.PJRT_Buffer_Destroy, &destruction)
    }
  }
#endif
