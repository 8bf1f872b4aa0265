/// How noise is distributed, scaled by a number.
package enum NoiseDistribution: String, Codable, CaseIterable, Sendable {
  /// `N(0, scale²)`
  case gaussian
  /// Density proportional to `exp(-|e| / scale)`.
  case laplace
  /// `scale` times a number from Student's distribution.
  case studentT
}
