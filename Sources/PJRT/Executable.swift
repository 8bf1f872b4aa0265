#if XLA
  internal import CPJRT

  /// A program, compiled for devices.
  package struct Executable: ~Copyable {
    private let handle: OpaquePointer
    private let client: Client
    private let devices: [Device]
    private let resultCount: Int

    init(
      _ executable: OpaquePointer, client: Client, devices: [Device]
    ) throws(PJRTError) {
      do throws(PJRTError) {
        resultCount = try client.resultCount(of: executable)
      } catch {
        client.destroy(executable: executable)
        throw error
      }
      handle = executable
      self.client = client
      self.devices = devices
    }

    deinit { client.destroy(executable: handle) }

    /// Begins to run on every device.
    ///
    /// - Parameter arguments: those of each device. Those that the program declares to take for its
    ///   results are gone afterwards.
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if they do not fit the program, or a
    ///   device is full.
    package borrowing func launch(
      _ arguments: consuming Buffers
    ) throws(PJRTError) -> Execution {
      let (deviceCount, argumentCount) = (devices.count, arguments.count)
      var options = PJRT_ExecuteOptions()
      options.struct_size = PJRT_ExecuteOptions_STRUCT_SIZE
      var execution = PJRT_LoadedExecutable_Execute_Args()
      execution.struct_size = PJRT_LoadedExecutable_Execute_Args_STRUCT_SIZE
      execution.executable = handle
      execution.num_devices = deviceCount
      execution.num_args = argumentCount
      let inputs = PointerTable(arguments.lists)
      let outputs = PointerTable(rows: deviceCount, columns: resultCount)
      let events = PointerTable(rows: 1, columns: deviceCount)
      execution.argument_lists = inputs.constantRows
      execution.output_lists = outputs.rows
      execution.device_complete_events = events.cells
      try withExtendedLifetime(inputs) { () throws(PJRTError) in
        try withUnsafeMutablePointer(to: &options) { options throws(PJRTError) in
          execution.options = options
          try client.plugIn.call(
            "PJRT_LoadedExecutable_Execute",
            client.plugIn.functions.PJRT_LoadedExecutable_Execute, &execution)
        }
      }
      return Execution(
        Completion(events.lists[0], of: arguments),
        results: Buffers(client, lists: outputs.lists))
    }

    /// The program in a form that ``Client/load(_:for:)`` reads, on the same kind of machine and with
    /// the same plug-in.
    ///
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if the plug-in has no such form.
    package borrowing func serialized() throws(PJRTError) -> [UInt8] {
      try client.withExecutable(of: handle) { program throws(PJRTError) in
        var serialization = PJRT_Executable_Serialize_Args()
        serialization.struct_size = PJRT_Executable_Serialize_Args_STRUCT_SIZE
        serialization.executable = program
        try client.plugIn.call(
          "PJRT_Executable_Serialize", client.plugIn.functions.PJRT_Executable_Serialize,
          &serialization)
        defer { serialization.serialized_executable_deleter?(serialization.serialized_executable) }
        return Array(
          UnsafeRawBufferPointer(
            start: serialization.serialized_bytes, count: serialization.serialized_bytes_size))
      }
    }
  }

  extension Client {
    fileprivate func resultCount(of loaded: OpaquePointer) throws(PJRTError) -> Int {
      try withExecutable(of: loaded) { program throws(PJRTError) in
        var question = PJRT_Executable_NumOutputs_Args()
        question.struct_size = PJRT_Executable_NumOutputs_Args_STRUCT_SIZE
        question.executable = program
        try plugIn.call(
          "PJRT_Executable_NumOutputs", plugIn.functions.PJRT_Executable_NumOutputs, &question)
        return question.num_outputs
      }
    }

    fileprivate func destroy(executable: OpaquePointer) {
      var destruction = PJRT_LoadedExecutable_Destroy_Args()
      destruction.struct_size = PJRT_LoadedExecutable_Destroy_Args_STRUCT_SIZE
      destruction.executable = executable
      // Nothing can be done about a handle that cannot be freed.
      try? plugIn.call(
        "PJRT_LoadedExecutable_Destroy", plugIn.functions.PJRT_LoadedExecutable_Destroy,
        &destruction)
    }

    /// Lends what a loaded executable was made of.
    fileprivate func withExecutable<Result>(
      of loaded: OpaquePointer, _ body: (OpaquePointer?) throws(PJRTError) -> Result
    ) throws(PJRTError) -> Result {
      var lookup = PJRT_LoadedExecutable_GetExecutable_Args()
      lookup.struct_size = PJRT_LoadedExecutable_GetExecutable_Args_STRUCT_SIZE
      lookup.loaded_executable = loaded
      try plugIn.call(
        "PJRT_LoadedExecutable_GetExecutable",
        plugIn.functions.PJRT_LoadedExecutable_GetExecutable, &lookup)
      defer {
        var destruction = PJRT_Executable_Destroy_Args()
        destruction.struct_size = PJRT_Executable_Destroy_Args_STRUCT_SIZE
        destruction.executable = lookup.executable
        try? plugIn.call(
          "PJRT_Executable_Destroy", plugIn.functions.PJRT_Executable_Destroy, &destruction)
      }
      return try body(lookup.executable)
    }
  }
#endif
