extension Int {
  /// The number of a class or token out of `count` as a sign of its own: a digit or letter as long
  /// as these suffice, which is up to 62, else the number.
  package func symbol(among count: Int) -> String {
    let signs = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return count <= signs.count && signs.indices.contains(self) ? String(signs[self]) : "\(self)"
  }
}
