/// Assigns offsets to arrays whose lifetimes are known, so that arrays that never live together
/// share memory.
package struct ArenaLayout {
  /// Of each array, in elements, at the start of a cache line.
  package private(set) var offsets: [Int]
  /// Elements of the whole arena.
  package private(set) var count = 0

  /// - Parameters:
  ///   - sizes: the elements of each array.
  ///   - lifetimes: the first and last kernel that touches it; `nil` if none does.
  package init(sizes: [Int], lifetimes: [ClosedRange<Int>?]) {
    offsets = [Int](repeating: 0, count: sizes.count)
    var placed: [Int] = []
    // Large arrays first: small ones then fill the gaps between them.
    let order = sizes.indices.filter { lifetimes[$0] != nil }.sorted {
      (sizes[$0], $1) > (sizes[$1], $0)
    }
    for array in order {
      let size = aligned(sizes[array])
      let neighbours = placed.filter { other in
        guard let mine = lifetimes[array], let theirs = lifetimes[other] else { return false }
        return mine.overlaps(theirs)
      }.sorted { offsets[$0] < offsets[$1] }
      var offset = 0
      for other in neighbours {
        if offset + size <= offsets[other] { break }
        offset = max(offset, offsets[other] + aligned(sizes[other]))
      }
      offsets[array] = offset
      count = max(count, offset + size)
      placed.append(array)
    }
  }
}
