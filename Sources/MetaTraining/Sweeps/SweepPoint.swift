/// One experiment of a sweep.
package struct SweepPoint: Sendable {
  /// Readable, and fit to be that of a directory: `taskCount=64,width=32,seed=0`.
  package let name: String
  /// The number of its value on each axis.
  package let places: [Int]
  package let experiment: Experiment
}
