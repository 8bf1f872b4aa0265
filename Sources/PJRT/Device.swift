#if XLA
  internal import CPJRT

  /// One device of a client, valid as long as that.
  ///
  /// Sendable because nothing of it changes.
  package struct Device: @unchecked Sendable {
    let handle: OpaquePointer
    /// Its number among all devices of the platform.
    package let id: Int
    /// What the vendor calls it, such as `NVIDIA H100 80GB HBM3`.
    package let kind: String

    init(_ device: OpaquePointer, _ plugIn: PlugIn) throws(PJRTError) {
      handle = device
      let functions = plugIn.functions
      var lookup = PJRT_Device_GetDescription_Args()
      lookup.struct_size = PJRT_Device_GetDescription_Args_STRUCT_SIZE
      lookup.device = device
      try plugIn.call(
        "PJRT_Device_GetDescription", functions.PJRT_Device_GetDescription, &lookup)

      var number = PJRT_DeviceDescription_Id_Args()
      number.struct_size = PJRT_DeviceDescription_Id_Args_STRUCT_SIZE
      number.device_description = lookup.device_description
      try plugIn.call(
        "PJRT_DeviceDescription_Id", functions.PJRT_DeviceDescription_Id, &number)
      id = Int(number.id)

      var name = PJRT_DeviceDescription_Kind_Args()
      name.struct_size = PJRT_DeviceDescription_Kind_Args_STRUCT_SIZE
      name.device_description = lookup.device_description
      try plugIn.call(
        "PJRT_DeviceDescription_Kind", functions.PJRT_DeviceDescription_Kind, &name)
      kind = String(name.device_kind, count: name.device_kind_size)
    }
  }
#endif
