/// When the parity of some coordinates is class 1.
package enum ParityConvention: Hashable, Sendable {
  /// When the product of their signs is positive, as in sparse parity on inputs of ±1.
  case signs
  /// When an odd number of them is positive, as with bits.
  case bits
}
