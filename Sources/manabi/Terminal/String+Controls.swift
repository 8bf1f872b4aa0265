extension StringProtocol {
  /// The text with control characters, among them those that turn the direction of writing, spelt
  /// out, so that names from files cannot steer the terminal.
  var escapingControls: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
