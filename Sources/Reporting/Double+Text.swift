extension Double {
  /// The number with exactly `digits` digits after the point, rounded half away from zero; `nan`,
  /// `inf` or `-inf` as such.
  ///
  /// Written out because the standard library has no fixed notation and reports need no more of
  /// Foundation.
  /// A negative number that rounds to zero keeps no sign.
  package func fixed(_ digits: Int) -> String {
    precondition((0...12).contains(digits), "Fixed notation takes 0 to 12 digits.")
    guard isFinite else { return "\(self)" }
    var scale: Double = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = (magnitude * scale).rounded()
    guard scaled < 9e15 else { return "\(self)" }
    let whole = UInt64(scaled)
    let unit = UInt64(scale)
    let sign = self < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = String(whole % unit)
    let zeros = String(repeating: "0", count: digits - fraction.count)
    return "\(sign)\(whole / unit).\(zeros)\(fraction)"
  }
}
