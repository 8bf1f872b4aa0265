#if XLA
  internal import ComputeGraph
  internal import PJRT
  internal import Tensors

  extension XLAEngine {
    /// Begins to run a program.
    ///
    /// - Throws: `EngineError` if it cannot begin, as where a device is full.
    func launch(
      _ executable: borrowing Executable, _ arguments: consuming Buffers
    ) throws(EngineError) -> Execution {
      do throws(PJRTError) {
        return try executable.launch(arguments)
      } catch {
        throw self.error(error)
      }
    }

    /// Waits for the results of a program.
    ///
    /// - Throws: `EngineError` if it failed.
    func finish(_ execution: consuming Execution) throws(EngineError) -> Buffers {
      do throws(PJRTError) {
        return try execution.finish()
      } catch {
        throw self.error(error)
      }
    }

    /// Runs a program to its end.
    ///
    /// - Throws: `EngineError` if it fails.
    func run(
      _ executable: borrowing Executable, _ arguments: consuming Buffers
    ) throws(EngineError) -> Buffers {
      try finish(launch(executable, arguments))
    }

    /// What an error of the plug-in means.
    func error(_ error: PJRTError) -> EngineError {
      EngineError(error, plugIn: client.plugIn.path)
    }
  }

  extension Buffers {
    /// Copies an array to each of some devices.
    ///
    /// - Throws: `EngineError` if one is full.
    mutating func append<Number: DeviceNumber>(
      _ numbers: [Number], shape: Shape, on devices: [Device], of engine: XLAEngine
    ) throws(EngineError) {
      for (place, device) in devices.enumerated() {
        try append(numbers, shape: shape, at: place, on: device, of: engine)
      }
    }

    /// Copies an array to one device.
    ///
    /// - Throws: `EngineError` if it is full.
    mutating func append<Number: DeviceNumber>(
      _ numbers: [Number], shape: Shape, at place: Int, on device: Device, of engine: XLAEngine
    ) throws(EngineError) {
      do throws(PJRTError) {
        try append(numbers, shape: shape.extents, at: place, on: device)
      } catch {
        throw engine.error(error)
      }
    }

    /// Copies an array of the first device back.
    ///
    /// - Throws: `EngineError` if what was to compute it failed.
    borrowing func numbers<Number: DeviceNumber>(
      _ index: Int, _ shape: Shape, of engine: XLAEngine
    ) throws(EngineError) -> [Number] {
      do throws(PJRTError) {
        return try numbers(index, shape: shape.extents)
      } catch {
        throw engine.error(error)
      }
    }
  }
#endif
