/// Which tokens a token attends to.
package struct TokenVisibility: Hashable, Sendable {
  /// How many leading tokens it attends to.
  package let prefix: Int
  /// Whether it attends to itself although it lies outside the prefix.
  package let seesItself: Bool

  package init(prefix: Int, seesItself: Bool) {
    self.prefix = prefix
    self.seesItself = seesItself
  }

  /// Whether token `token` with this visibility attends to token `other`.
  package func includes(_ other: Int, from token: Int) -> Bool {
    other < prefix || (seesItself && other == token)
  }
}
