#if XLA
  internal import CPJRT

  /// Something that a plug-in will have done.
  struct Event: ~Copyable {
    private let handle: OpaquePointer
    private let plugIn: PlugIn

    init(_ event: OpaquePointer, _ plugIn: PlugIn) {
      handle = event
      self.plugIn = plugIn
    }

    /// Waits until it is done.
    ///
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if it could not be done.
    borrowing func wait() throws(PJRTError) { try Self.wait(for: handle, plugIn) }

    /// The same of an event that something else owns.
    static func wait(for event: OpaquePointer, _ plugIn: PlugIn) throws(PJRTError) {
      var waiting = PJRT_Event_Await_Args()
      waiting.struct_size = PJRT_Event_Await_Args_STRUCT_SIZE
      waiting.event = event
      try plugIn.call("PJRT_Event_Await", plugIn.functions.PJRT_Event_Await, &waiting)
    }

    deinit {
      var destruction = PJRT_Event_Destroy_Args()
      destruction.struct_size = PJRT_Event_Destroy_Args_STRUCT_SIZE
      destruction.event = handle
      // Nothing can be done about a handle that cannot be freed.
      try? plugIn.call(
        "PJRT_Event_Destroy", plugIn.functions.PJRT_Event_Destroy, &destruction)
    }
  }
#endif
