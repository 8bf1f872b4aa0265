#if XLA
  internal import CPJRT

  /// A program that runs on its devices.
  ///
  /// Its arguments are kept until it has ended, and given up then.
  package struct Execution: ~Copyable {
    private let completion: Completion
    private let results: Buffers

    init(_ completion: consuming Completion, results: consuming Buffers) {
      self.completion = completion
      self.results = results
    }

    /// Waits until every device has ended.
    ///
    /// - Returns: the program's results.
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if one failed, as where it is full.
    package consuming func finish() throws(PJRTError) -> Buffers {
      try completion.wait()
      return results
    }

    /// Waits as well, and says how many of the arguments of a device still hold numbers: those that
    /// the program has not taken for its results.
    package borrowing func remainingArguments() throws(PJRTError) -> Int {
      try completion.wait()
      return try completion.remaining()
    }
  }

  /// The end of an execution, before which its arguments may not be freed.
  struct Completion: ~Copyable {
    private let events: [OpaquePointer]
    private let arguments: Buffers

    init(_ events: [OpaquePointer], of arguments: consuming Buffers) {
      self.events = events
      self.arguments = arguments
    }

    deinit {
      // Who drops an execution does not ask how it ends.
      try? wait()
      for event in events { _ = Event(event, arguments.client.plugIn) }
    }

    borrowing func remaining() throws(PJRTError) -> Int { try arguments.remaining() }

    borrowing func wait() throws(PJRTError) {
      let plugIn = arguments.client.plugIn
      var failure: PJRTError?
      for event in events {
        var waiting = PJRT_Event_Await_Args()
        waiting.struct_size = PJRT_Event_Await_Args_STRUCT_SIZE
        waiting.event = event
        do throws(PJRTError) {
          try plugIn.call("PJRT_Event_Await", plugIn.functions.PJRT_Event_Await, &waiting)
        } catch {
          failure = failure ?? error
        }
      }
      if let failure { throw failure }
    }
  }
#endif
