#if XLA
  import PJRT
  import TestSupport
  import Testing

  /// The plug-in for processors, and what is none.
  struct PlugInTests {
    static let plugIn: Result<PlugIn, PJRTError> = Result { () throws(PJRTError) in
      try PlugIn(path: Repository.processorPlugIn)
    }

    @Test("A plug-in says what it is")
    func facts() throws {
      let plugIn = try Self.plugIn.get()
      #expect(plugIn.version.major == 0 && plugIn.version.minor >= 81)
      #expect(plugIn.build.contains("PJRT \(plugIn.version.major)."))
      #expect(plugIn.build.contains("xla_version"))
      let client = try Client(plugIn, options: ["cpu_device_count": 3])
      #expect(client.platform == "cpu")
      #expect(client.devices.map(\.id) == [0, 1, 2])
    }

    @Test("What is no plug-in is refused")
    func strangers() {
      #expect {
        try PlugIn(path: "/nowhere/plugin.so")
      } throws: { error in
        guard case .notLoaded("/nowhere/plugin.so", _) = error as? PJRTError else { return false }
        return true
      }
      #expect {
        try PlugIn(path: "libm.so.6")
      } throws: { error in error as? PJRTError == .notPlugIn(path: "libm.so.6") }
    }

    @Test("Options of a compilation are a message of protocol buffers")
    func compileOptions() {
      #expect(
        CompileOptions.bytes(replicas: [0])
          == [0x1A, 15, 0x20, 1, 0x28, 1, 0x4A, 9, 8, 1, 16, 1, 26, 3, 10, 1, 0])
      // A device number of more than seven bits.
      #expect(CompileOptions.bytes(replicas: [300]).suffix(4) == [10, 2, 0xAC, 2])
    }
  }
#endif
