#if XLA
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
        do throws(PJRTError) {
          try Event.wait(for: event, plugIn)
        } catch {
          failure = failure ?? error
        }
      }
      if let failure { throw failure }
    }
  }
#endif
