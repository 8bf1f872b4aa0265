#if XLA
  internal import CPJRT
  internal import Glibc

  /// A loaded PJRT plug-in, <https://openxla.org/xla/pjrt>: a shared library that compiles and runs
  /// StableHLO.
  ///
  /// It stays loaded as long as the process, as plug-ins cannot be unloaded. Sendable because its
  /// functions may be called from any thread, and the table of them does not change.
  package final class PlugIn: @unchecked Sendable {
    package let path: String
    /// Of the interface, such as 0.81.
    package let version: (major: Int, minor: Int)
    /// Functions that the plug-in does not know are nil.
    let functions: PJRT_Api

    /// The oldest minor version that is tried at all; a function that a plug-in lacks is an error of its
    /// own when it is called.
    static let oldestMinor = 40

    /// Loads a plug-in and initialises it.
    ///
    /// - Throws: ``PJRTError/notLoaded(path:reason:)``, ``PJRTError/notPlugIn(path:)``,
    ///   ``PJRTError/version(path:found:needed:)``, or what its initialisation answers.
    package init(path: String) throws(PJRTError) {
      self.path = path
      guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
        let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
        throw .notLoaded(path: path, reason: reason)
      }
      guard let symbol = dlsym(library, "GetPjrtApi") else { throw .notPlugIn(path: path) }
      typealias Entry = @convention(c) () -> UnsafePointer<PJRT_Api>?
      guard let table = unsafeBitCast(symbol, to: Entry.self)() else {
        throw .notPlugIn(path: path)
      }
      // The version stands in front of all that may differ between versions.
      let stated = table.pointee.pjrt_api_version
      version = (Int(stated.major_version), Int(stated.minor_version))
      guard version.major == PJRT_API_MAJOR, version.minor >= Self.oldestMinor else {
        throw .version(
          path: path, found: "\(version.major).\(version.minor)",
          needed: "\(PJRT_API_MAJOR).\(Self.oldestMinor)")
      }
      // An older plug-in has a shorter table, a newer one a longer.
      var functions = PJRT_Api()
      withUnsafeMutableBytes(of: &functions) { known in
        let size = min(Int(table.pointee.struct_size), known.count)
        known.copyMemory(from: UnsafeRawBufferPointer(start: table, count: size))
      }
      self.functions = functions

      var arguments = PJRT_Plugin_Initialize_Args()
      arguments.struct_size = PJRT_Plugin_Initialize_Args_STRUCT_SIZE
      try call("PJRT_Plugin_Initialize", functions.PJRT_Plugin_Initialize, &arguments)
    }

    /// What names this build of the plug-in: its version of the interface and all that it says of
    /// itself, such as the versions of XLA and StableHLO.
    package var build: String {
      var question = PJRT_Plugin_Attributes_Args()
      question.struct_size = PJRT_Plugin_Attributes_Args_STRUCT_SIZE
      // A plug-in that says nothing is known by its version alone.
      try? call("PJRT_Plugin_Attributes", functions.PJRT_Plugin_Attributes, &question)
      let attributes = (0..<question.num_attributes).map { index in
        let attribute = question.attributes[index]
        let name = String(attribute.name, count: attribute.name_size)
        return "\(name) = \(attribute.text)"
      }
      return (["PJRT \(version.major).\(version.minor)"] + attributes).joined(separator: ", ")
    }

    /// A function of the interface: it takes one structure and answers with an error or nil.
    typealias Function<Arguments> = (UnsafeMutablePointer<Arguments>?) -> OpaquePointer?

    /// Calls a function of the interface.
    ///
    /// - Throws: ``PJRTError/missing(function:)`` if the plug-in lacks it;
    ///   ``PJRTError/failed(function:code:message:)`` if it fails.
    func call<Arguments>(
      _ name: String, _ function: Function<Arguments>?, _ arguments: inout Arguments
    ) throws(PJRTError) {
      guard let function else { throw .missing(function: name) }
      if let error = function(&arguments) { throw failure(of: name, error) }
    }

    /// What an error says; frees it.
    func failure(of function: String, _ error: OpaquePointer) -> PJRTError {
      var message = PJRT_Error_Message_Args()
      message.struct_size = PJRT_Error_Message_Args_STRUCT_SIZE
      message.error = error
      functions.PJRT_Error_Message?(&message)
      let text = String(message.message, count: message.message_size)
      var code = PJRT_Error_GetCode_Args()
      code.struct_size = PJRT_Error_GetCode_Args_STRUCT_SIZE
      code.error = error
      _ = functions.PJRT_Error_GetCode?(&code)
      var destruction = PJRT_Error_Destroy_Args()
      destruction.struct_size = PJRT_Error_Destroy_Args_STRUCT_SIZE
      destruction.error = error
      functions.PJRT_Error_Destroy?(&destruction)
      // Some plug-ins put what went wrong into the text alone.
      let isFull =
        code.code == PJRT_Error_Code_RESOURCE_EXHAUSTED || text.contains("Out of memory")
        || text.contains("RESOURCE_EXHAUSTED")
      return .failed(function: function, code: isFull ? .outOfMemory : .other, message: text)
    }
  }

  extension PJRT_NamedValue {
    fileprivate var text: String {
      switch type {
      case PJRT_NamedValue_kString: String(string_value, count: value_size)
      case PJRT_NamedValue_kInt64: "\(int64_value)"
      case PJRT_NamedValue_kInt64List:
        (0..<value_size).map { "\(int64_array_value[$0])" }.joined(separator: ".")
      case PJRT_NamedValue_kFloat: "\(float_value)"
      default: "\(bool_value)"
      }
    }
  }

  extension String {
    /// Text of the interface, which has no byte of its own at its end.
    init(_ start: UnsafePointer<CChar>?, count: Int) {
      let bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
      self = String(decoding: bytes, as: UTF8.self)
    }
  }
#endif
