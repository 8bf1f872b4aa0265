/// Numbers as the text of a module has them, to the bit.
enum Literal {
  /// A decimal number where it is read back as the same bits, else the bits.
  static func text(_ number: Float) -> String {
    let decimal = number.description
    // The reader rounds to double precision first.
    guard number.isFinite, let wide = Double(decimal), Float(wide).bitPattern == number.bitPattern
    else { return "0x" + hexadecimal(number.bitPattern, digits: 8) }
    // A point has to be there.
    guard let exponent = decimal.firstIndex(of: "e"), !decimal.contains(".") else { return decimal }
    return decimal[..<exponent] + ".0" + decimal[exponent...]
  }

  /// The bytes of many numbers, the lowest of each first.
  static func text(_ numbers: [Float]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(8 * numbers.count)
    for number in numbers {
      for byte in 0..<4 {
        let bits = UInt8(truncatingIfNeeded: number.bitPattern >> (8 * byte))
        digits.append(digit(bits >> 4))
        digits.append(digit(bits & 15))
      }
    }
    return "\"0x" + String(decoding: digits, as: UTF8.self) + "\""
  }

  private static func hexadecimal(_ bits: UInt32, digits: Int) -> String {
    let text = String(bits, radix: 16, uppercase: true)
    return String(repeating: "0", count: digits - text.count) + text
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
