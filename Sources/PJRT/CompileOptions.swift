/// The message `CompileOptionsProto` of XLA, as bytes of protocol buffers.
///
/// Source: `xla/pjrt/proto/compile_options.proto` and `xla/xla_data.proto`,
/// <https://github.com/openxla/xla>.
package enum CompileOptions {
  /// One partition, and a replica on each device.
  ///
  /// - Parameter replicas: the number of each replica's device.
  package static func bytes(replicas: [Int]) -> [UInt8] {
    var devices = Message()
    devices.add(field: 1, packed: replicas)
    var assignment = Message()
    assignment.add(field: 1, replicas.count)
    assignment.add(field: 2, 1)
    assignment.add(field: 3, devices)
    var build = Message()
    build.add(field: 4, replicas.count)
    build.add(field: 5, 1)
    build.add(field: 9, assignment)
    var options = Message()
    options.add(field: 3, build)
    return options.bytes
  }

  /// A message under construction.
  private struct Message {
    private(set) var bytes: [UInt8] = []

    mutating func add(field: Int, _ number: Int) {
      append(varint: field << 3)
      append(varint: number)
    }

    mutating func add(field: Int, _ message: Message) { add(field: field, message.bytes) }

    mutating func add(field: Int, packed numbers: [Int]) {
      var packed = Message()
      for number in numbers { packed.append(varint: number) }
      add(field: field, packed.bytes)
    }

    private mutating func add(field: Int, _ contents: [UInt8]) {
      append(varint: field << 3 | 2)
      append(varint: contents.count)
      bytes += contents
    }

    /// Seven bits a byte, the lowest first.
    private mutating func append(varint number: Int) {
      var rest = UInt64(number)
      while rest > 0x7F {
        bytes.append(UInt8(rest & 0x7F | 0x80))
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
  }
}
