/// Takes a message apart that another process wrote, of which nothing is believed.
struct MessageReader {
  /// The message is not what it should be.
  struct Nonsense: Error, Equatable {}

  private var rest: ArraySlice<UInt8>

  init(_ message: [UInt8]) { rest = message[...] }

  mutating func byte() throws(Nonsense) -> UInt8 {
    guard let byte = rest.popFirst() else { throw Nonsense() }
    return byte
  }

  /// A number that is not negative.
  mutating func integer() throws(Nonsense) -> Int {
    guard rest.count >= 8 else { throw Nonsense() }
    let bits = rest.prefix(8).reversed().reduce(UInt64.zero) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(8)
    guard let number = Int(exactly: bits) else { throw Nonsense() }
    return number
  }

  /// Numbers that are not negative.
  ///
  /// - Parameter limit: how many at most.
  mutating func integers(atMost limit: Int) throws(Nonsense) -> [Int] {
    let count = try integer()
    guard count <= limit else { throw Nonsense() }
    var numbers: [Int] = []
    for _ in 0..<count { numbers.append(try integer()) }
    return numbers
  }

  mutating func text() throws(Nonsense) -> String {
    let count = try integer()
    guard count <= rest.count else { throw Nonsense() }
    defer { rest = rest.dropFirst(count) }
    return String(decoding: rest.prefix(count), as: UTF8.self)
  }

  func end() throws(Nonsense) {
    guard rest.isEmpty else { throw Nonsense() }
  }
}

/// The other direction.
extension [UInt8] {
  mutating func append(integer: Int) {
    let bits = UInt64(integer)
    append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) })
  }

  mutating func append(integers: [Int]) {
    append(integer: integers.count)
    for integer in integers { append(integer: integer) }
  }

  mutating func append(text: String) {
    append(integer: text.utf8.count)
    append(contentsOf: text.utf8)
  }
}
