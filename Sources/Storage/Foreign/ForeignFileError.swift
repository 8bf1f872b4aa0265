/// Why a file of others was refused.
package struct ForeignFileError: Error, Equatable {
  /// The path of the object in the file, such as `/X`.
  package let object: String
  package let reason: String

  /// The longest text that is taken over from a file, in characters.
  private static let longestText = 400

  /// - Parameters:
  ///   - object: any characters.
  ///   - reason: any characters.
  init(_ object: String, _ reason: String) {
    self.object = String(object.prefix(Self.longestText)).escapingControls
    self.reason = String(reason.prefix(Self.longestText)).escapingControls
  }
}

extension ForeignFileError: CustomStringConvertible {
  package var description: String { "`\(object)`: \(reason)" }
}
