/// Which devices of a plug-in compute.
package enum DeviceChoice: Hashable, Sendable {
  /// All that there are.
  case all
  /// The one of this index.
  case one(Int)
  /// So many, from the first; processors are cut into as many as are asked for.
  case first(Int)
}
