#if XLA
  import PJRT
  import TestSupport
  import Testing

  /// Programs on devices: what they are given, what they keep and what they give back.
  struct ExecutionTests {
    private let client: Client

    init() throws {
      client = try Client(PlugInTests.plugIn.get(), options: ["cpu_device_count": 4])
    }

    /// `state + data`, written over `state`; and the bits of the sum.
    private static let addition = """
      module @addition {
        func.func public @main(%state: tensor<4xf32> {tf.aliasing_output = 0 : i32}, \
      %data: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xui32>) {
          %0 = stablehlo.add %state, %data : tensor<4xf32>
          %1 = stablehlo.bitcast_convert %0 : (tensor<4xf32>) -> tensor<4xui32>
          return %0, %1 : tensor<4xf32>, tensor<4xui32>
        }
      }
      """

    /// The sum of one number of each of two devices.
    private static let sum = """
      module @sum attributes {mhlo.num_replicas = 2 : i32} {
        func.func public @main(%part: tensor<f32>) -> tensor<f32> {
          %0 = "stablehlo.all_reduce"(%part) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
            ^bb0(%left: tensor<f32>, %right: tensor<f32>):
              %1 = stablehlo.add %left, %right : tensor<f32>
              stablehlo.return %1 : tensor<f32>
          }) : (tensor<f32>) -> tensor<f32>
          return %0 : tensor<f32>
        }
      }
      """

    private func arguments(on device: Device) throws -> Buffers {
      var arguments = Buffers(client, deviceCount: 1)
      try arguments.append([1, 2, 3, 4] as [Float], shape: [4], at: 0, on: device)
      try arguments.append([10, 20, 30, 40] as [Float], shape: [4], at: 0, on: device)
      return arguments
    }

    @Test("A program keeps its result in the argument that it was given for that")
    func donation() throws {
      let device = client.devices[2]
      let executable = try client.compile(Self.addition, for: [device])
      let execution = try executable.launch(arguments(on: device))
      #expect(try execution.remainingArguments() == 1)
      var results = try execution.finish()
      #expect(results.count == 2)
      #expect(try results.numbers(0, shape: [4]) == [11, 22, 33, 44] as [Float])
      #expect(
        try results.numbers(1, shape: [4]) == ([11, 22, 33, 44] as [Float]).map(\.bitPattern))
      let first = results.takeFirst(1)
      #expect(first.count == 1 && results.count == 1)
      #expect(try first.numbers(0, shape: [4]) == [11, 22, 33, 44] as [Float])
    }

    @Test("An execution that nobody waits for ends before its arguments go")
    func abandoned() throws {
      let executable = try client.compile(Self.addition, for: [client.devices[0]])
      for _ in 0..<50 { _ = try executable.launch(arguments(on: client.devices[0])) }
    }

    @Test("Devices add their parts")
    func devices() throws {
      let devices = [client.devices[3], client.devices[1]]
      let executable = try client.compile(Self.sum, for: devices)
      var arguments = Buffers(client, deviceCount: 2)
      for (place, device) in devices.enumerated() {
        try arguments.append([Float(place + 2)], shape: [], at: place, on: device)
      }
      let results = try executable.launch(arguments).finish()
      for place in 0..<2 {
        #expect(try results.numbers(0, at: place, shape: []) == [5] as [Float])
      }
    }

    @Test("A program that was written down does the same")
    func serialization() throws {
      let device = client.devices[0]
      let bytes = try client.compile(Self.addition, for: [device]).serialized()
      let executable = try client.load(bytes, for: [device])
      let results = try executable.launch(arguments(on: device)).finish()
      #expect(try results.numbers(0, shape: [4]) == [11, 22, 33, 44] as [Float])
      #expect(throws: PJRTError.self) {
        _ = try client.load(Array(bytes.prefix(bytes.count / 2)), for: [device])
      }
    }

    @Test("What is no program is refused with the compiler's reason")
    func mistakes() {
      #expect {
        _ = try client.compile("module { nonsense }", for: [client.devices[0]])
      } throws: { error in
        guard case .failed("PJRT_Client_Compile", _, let message) = error as? PJRTError else {
          return false
        }
        return message.contains("nonsense") || message.contains("error")
      }
    }

    @Test("Arguments of another form are refused")
    func otherArguments() throws {
      #expect(throws: PJRTError.self) { try runOnOne(Self.addition) }
    }

    /// Runs a program that is given the number one.
    private func runOnOne(_ text: String) throws {
      let device = client.devices[0]
      let executable = try client.compile(text, for: [device])
      var arguments = Buffers(client, deviceCount: 1)
      try arguments.append([1] as [Float], shape: [], at: 0, on: device)
      _ = try executable.launch(arguments).finish()
    }

    @Test("An array for which there is no memory is an error of its own kind")
    func memory() throws {
      // Sixteen tebibytes.
      let text = """
        module @large {
          func.func public @main(%x: tensor<f32>) -> tensor<4398046511104xf32> {
            %0 = stablehlo.broadcast_in_dim %x, dims = [] : (tensor<f32>) -> tensor<4398046511104xf32>
            return %0 : tensor<4398046511104xf32>
          }
        }
        """
      #expect {
        try runOnOne(text)
      } throws: { error in
        guard case .failed(_, .outOfMemory, _) = error as? PJRTError else { return false }
        return true
      }
    }
  }
#endif
