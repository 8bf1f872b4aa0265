/// A type that is written as one word of YAML and read back without loss.
protocol ConfigurationScalar: Decodable {
  /// What an error message asks for, such as `a number`.
  static var expectation: String { get }

  init?(scalar: String)

  /// The word, or `nil` for a value that has none.
  var scalar: String? { get }
}

extension Bool: ConfigurationScalar {
  static var expectation: String { "`true` or `false`" }

  init?(scalar: String) { self.init(scalar) }

  var scalar: String? { description }
}

extension String: ConfigurationScalar {
  static var expectation: String { "a text" }

  init?(scalar: String) { self = scalar }

  var scalar: String? { self }
}

extension ConfigurationScalar where Self: FixedWidthInteger {
  static var expectation: String {
    isSigned ? "an integer" : "an integer that is not negative"
  }

  init?(scalar: String) { self.init(scalar, radix: 10) }

  var scalar: String? { description }
}

extension ConfigurationScalar where Self: BinaryFloatingPoint & LosslessStringConvertible {
  static var expectation: String { "a number" }

  /// Decimal notation only: no infinities, which no setting means, and no hexadecimal digits.
  init?(scalar: String) {
    guard scalar.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let value = Self(scalar),
      value.isFinite
    else { return nil }
    self = value
  }

  /// The shortest decimal number that reads back as this one.
  var scalar: String? { isFinite ? description : nil }
}

extension Int: ConfigurationScalar {}
extension Int8: ConfigurationScalar {}
extension Int16: ConfigurationScalar {}
extension Int32: ConfigurationScalar {}
extension Int64: ConfigurationScalar {}
extension UInt: ConfigurationScalar {}
extension UInt8: ConfigurationScalar {}
extension UInt16: ConfigurationScalar {}
extension UInt32: ConfigurationScalar {}
extension UInt64: ConfigurationScalar {}
extension Float: ConfigurationScalar {}
extension Double: ConfigurationScalar {}
