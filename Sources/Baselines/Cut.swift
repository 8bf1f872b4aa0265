/// A place at which the examples of a node, sorted by a feature, fall into two parts.
struct Cut {
  /// The larger, the better; negative infinity where nothing can be cut.
  var score = -Double.infinity
  /// How many examples lie below.
  var position = 0
}
