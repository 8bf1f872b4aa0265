/// To what the operands of a matrix product are rounded; its sums are always single precision.
package enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
  case float32
  /// Eight bits of significand: half the memory traffic, and several times the speed on processors
  /// that multiply it.
  case bfloat16
}
