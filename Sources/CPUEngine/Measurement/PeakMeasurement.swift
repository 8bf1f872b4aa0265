/// How fast the cores multiply and add when nothing holds them up.
package struct PeakMeasurement: Sendable {
  /// Of each worker, in GFLOP/s: in the fastest of the bursts in which all work at once.
  package let gigaflops: [Double]
  /// Whether the build has the fused multiply-add; without it this is no peak of the processor.
  package let isFused: Bool
  /// Numbers of a vector.
  package let lanes: Int

  /// Of all workers together, in GFLOP/s.
  package var total: Double { gigaflops.reduce(0, +) }

  /// Of one worker, in GFLOP/s.
  package var perCore: Double { total / Double(gigaflops.count) }
}
