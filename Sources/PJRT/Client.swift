#if XLA
  internal import CPJRT

  /// The devices of a plug-in, and what is compiled for them.
  ///
  /// Executables and buffers keep it alive. Sendable because its functions may be called from any
  /// thread.
  package final class Client: @unchecked Sendable {
    package let plugIn: PlugIn
    let handle: OpaquePointer
    /// Such as `cpu` or `cuda`.
    package let platform: String
    /// What the platform says of its version, several lines of it perhaps.
    package let platformVersion: String
    package let devices: [Device]

    /// - Parameters:
    ///   - plugIn: whose devices they are.
    ///   - options: of the plug-in, such as `cpu_device_count`.
    /// - Throws: ``PJRTError`` if the plug-in refuses, as where it finds no device.
    package init(_ plugIn: PlugIn, options: [String: Int] = [:]) throws(PJRTError) {
      self.plugIn = plugIn
      let client = try Self.create(plugIn, options)
      do throws(PJRTError) {
        platform = try Self.platform(of: client, plugIn)
        platformVersion = try Self.platformVersion(of: client, plugIn)
        devices = try Self.devices(of: client, plugIn)
      } catch {
        Self.destroy(client, plugIn)
        throw error
      }
      handle = client
    }

    deinit { Self.destroy(handle, plugIn) }

    private static func create(
      _ plugIn: PlugIn, _ options: [String: Int]
    ) throws(PJRTError) -> OpaquePointer {
      let values = NamedValues(options)
      var creation = PJRT_Client_Create_Args()
      creation.struct_size = PJRT_Client_Create_Args_STRUCT_SIZE
      creation.create_options = values.pointer
      creation.num_options = values.count
      try withExtendedLifetime(values) { () throws(PJRTError) in
        try plugIn.call("PJRT_Client_Create", plugIn.functions.PJRT_Client_Create, &creation)
      }
      guard let client = creation.client else { throw .missing(function: "PJRT_Client_Create") }
      return client
    }

    private static func platform(
      of client: OpaquePointer, _ plugIn: PlugIn
    ) throws(PJRTError) -> String {
      var name = PJRT_Client_PlatformName_Args()
      name.struct_size = PJRT_Client_PlatformName_Args_STRUCT_SIZE
      name.client = client
      try plugIn.call(
        "PJRT_Client_PlatformName", plugIn.functions.PJRT_Client_PlatformName, &name)
      return String(name.platform_name, count: name.platform_name_size)
    }

    private static func platformVersion(
      of client: OpaquePointer, _ plugIn: PlugIn
    ) throws(PJRTError) -> String {
      var version = PJRT_Client_PlatformVersion_Args()
      version.struct_size = PJRT_Client_PlatformVersion_Args_STRUCT_SIZE
      version.client = client
      try plugIn.call(
        "PJRT_Client_PlatformVersion", plugIn.functions.PJRT_Client_PlatformVersion, &version)
      return String(version.platform_version, count: version.platform_version_size)
    }

    private static func devices(
      of client: OpaquePointer, _ plugIn: PlugIn
    ) throws(PJRTError) -> [Device] {
      var list = PJRT_Client_AddressableDevices_Args()
      list.struct_size = PJRT_Client_AddressableDevices_Args_STRUCT_SIZE
      list.client = client
      try plugIn.call(
        "PJRT_Client_AddressableDevices", plugIn.functions.PJRT_Client_AddressableDevices, &list)
      var devices: [Device] = []
      for index in 0..<list.num_addressable_devices {
        guard let device = list.addressable_devices[index] else { continue }
        devices.append(try Device(device, plugIn))
      }
      return devices
    }

    private static func destroy(_ client: OpaquePointer, _ plugIn: PlugIn) {
      var destruction = PJRT_Client_Destroy_Args()
      destruction.struct_size = PJRT_Client_Destroy_Args_STRUCT_SIZE
      destruction.client = client
      // Nothing can be done about a handle that cannot be freed.
      try? plugIn.call(
        "PJRT_Client_Destroy", plugIn.functions.PJRT_Client_Destroy, &destruction)
    }

    /// Compiles a module of StableHLO.
    ///
    /// - Parameters:
    ///   - module: its text.
    ///   - devices: one replica runs on each.
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if it is none, or holds what the
    ///   plug-in cannot do.
    package func compile(
      _ module: String, for devices: [Device]
    ) throws(PJRTError) -> Executable {
      var (code, format) = (ContiguousArray(module.utf8CString), Array("mlir".utf8CString))
      let options = CompileOptions.bytes(replicas: devices.map(\.id)).map(CChar.init(bitPattern:))
      var compilation = PJRT_Client_Compile_Args()
      compilation.struct_size = PJRT_Client_Compile_Args_STRUCT_SIZE
      compilation.client = handle
      var program = PJRT_Program()
      program.struct_size = PJRT_Program_STRUCT_SIZE
      // Without the zeros behind them.
      program.code_size = code.count - 1
      program.format_size = format.count - 1
      compilation.compile_options_size = options.count
      try code.withUnsafeMutableBufferPointer { code throws(PJRTError) in
        program.code = code.baseAddress
        try format.withUnsafeMutableBufferPointer { format throws(PJRTError) in
          program.format = UnsafePointer(format.baseAddress)
          try options.withUnsafeBufferPointer { options throws(PJRTError) in
            compilation.compile_options = options.baseAddress
            try withUnsafePointer(to: program) { program throws(PJRTError) in
              compilation.program = program
              try plugIn.call(
                "PJRT_Client_Compile", plugIn.functions.PJRT_Client_Compile, &compilation)
            }
          }
        }
      }
      guard let executable = compilation.executable else {
        throw .missing(function: "PJRT_Client_Compile")
      }
      return try Executable(executable, client: self, devices: devices)
    }

    /// Loads what ``Executable/serialized()`` gave.
    ///
    /// - Parameter devices: those for which it was compiled.
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if the plug-in does not know the form.
    package func load(
      _ bytes: [UInt8], for devices: [Device]
    ) throws(PJRTError) -> Executable {
      var loading = PJRT_Executable_DeserializeAndLoad_Args()
      loading.struct_size = PJRT_Executable_DeserializeAndLoad_Args_STRUCT_SIZE
      loading.client = handle
      loading.serialized_executable_size = bytes.count
      try bytes.withUnsafeBufferPointer { bytes throws(PJRTError) in
        loading.serialized_executable = UnsafeRawPointer(bytes.baseAddress)?
          .assumingMemoryBound(to: CChar.self)
        try plugIn.call(
          "PJRT_Executable_DeserializeAndLoad",
          plugIn.functions.PJRT_Executable_DeserializeAndLoad, &loading)
      }
      guard let executable = loading.loaded_executable else {
        throw .missing(function: "PJRT_Executable_DeserializeAndLoad")
      }
      return try Executable(executable, client: self, devices: devices)
    }
  }
#endif
