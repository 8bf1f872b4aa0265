internal import ComputeGraph
internal import Tensors

/// How many steps a launch should hold: so many that starting one costs little, and so few that
/// whoever wants to stop does not wait.
struct LaunchLength {
  /// What a device reads in a step.
  let bytesPerStep: Int
  /// The most steps of a launch, for which there is room.
  let capacity: Int
  private(set) var stepCount = 1

  /// Nanoseconds that a launch should take.
  private static let aim = 200_000_000.0
  /// Bytes of batches that a device should hold for a launch at most.
  private static let byteLimit = 16 << 20
  /// Chosen, not measured: where starting a launch costs as much as a step, that is a 64th of it.
  private static let longest = 64

  /// - Parameter block: what a device computes of a step.
  init(_ block: TrainingProgram.Block) {
    let count =
      block.graph.shape(of: block.tokens).count + block.graph.shape(of: block.targets).count
    bytesPerStep = MemoryLayout<Float>.size * max(1, count)
    capacity = max(1, min(Self.longest, Self.byteLimit / bytesPerStep))
  }

  /// Learns from a launch.
  mutating func add(steps: Int, nanoseconds: UInt64) {
    let fitting = Self.aim / (Double(max(1, nanoseconds)) / Double(max(1, steps)))
    // At most twice as many as before, since a first launch is slower than those behind it.
    stepCount = max(1, min(capacity, 2 * stepCount, Int(min(fitting, Double(capacity)))))
  }
}
