#if XLA
  internal import ComputeGraph
  internal import PJRT

  extension EngineError {
    /// What a plug-in's error means to whoever runs the program.
    init(_ error: PJRTError, plugIn path: String) {
      switch error {
      case .notLoaded(_, let reason):
        self = .unavailable(
          "A plug-in cannot be loaded: \(reason.firstLine). Check the path of --plugin, or install "
            + "one: pip install 'jax-cuda13-plugin[with-cuda]', or xla-cpu-pjrt for processors."
        )
      case .notPlugIn(let path):
        self = .unavailable(
          "\(path) is a library but no PJRT plug-in. Name one with --plugin, such as "
            + "xla_cuda_plugin.so of jax-cuda13-pjrt.")
      case .version(let path, let found, let needed):
        self = .unavailable(
          "\(path) has version \(found) of the PJRT interface, and \(needed) or a later one of the "
            + "same major version is needed. Install a newer plug-in, or build Manabi with its header."
        )
      case .missing(let function):
        self = .unavailable(
          "\(path) is too old: it has no \(function). Install a newer plug-in.")
      case .noDevice(let index, let count):
        self = .unavailable(
          "There is no device \(index): \(path) sees \(count). Choose another with --device or "
            + "--devices.")
      case .failed("PJRT_Client_Create", _, let message):
        self = .unavailable(
          "\(path) finds no device that it can use: \(message.firstLine). Check the driver, or "
            + "choose another plug-in with --plugin.")
      case .failed(_, .outOfMemory, let message):
        self = .outOfMemory(
          "The device has not enough memory: \(message.firstLine). Lower batchSize or "
            + "model.width, or train on a larger device or on several.")
      case .failed("PJRT_Client_Compile", _, let message):
        self = .unsupported(
          "\(path) cannot compile it (\(message.firstLine)); use another version of the plug-in, "
            + "or --engine cpu")
      case .failed(let function, _, let message):
        self = .failed(
          function: function,
          reason: "\(message.firstLine). Try again, or use --engine cpu.")
      }
    }
  }

  extension String {
    /// The beginning of a message, without the stop at its end.
    fileprivate var firstLine: String {
      let line = split(separator: "\n").first.map(String.init) ?? "no reason given"
      let text = line.prefix(300)
      return String(text.last == "." ? text.dropLast() : text)
    }
  }
#endif
