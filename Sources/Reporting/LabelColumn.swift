/// Places for labels in a column, each as near to where it belongs as the others allow.
struct LabelColumn {
  /// The heights, in the order of the wishes.
  let heights: [Double]

  /// - Parameters:
  ///   - wishes: where each label would stand if it were alone.
  ///   - spacing: the least distance between two labels.
  ///   - range: where labels may stand; exceeded only if it is too short for all.
  /// - Complexity: O(n²) in the number of labels.
  init(wishes: [Double], spacing: Double, range: ClosedRange<Double>) {
    // Labels that overlap are merged into a block that is centred on the mean of its wishes.
    struct Block {
      var members: [Int]
      var centre: Double
    }
    let order = wishes.indices.sorted { (wishes[$0], $0) < (wishes[$1], $1) }
    func settled(_ members: [Int]) -> Block {
      let half = Double(members.count - 1) * spacing / 2
      let mean = members.map { wishes[$0] }.reduce(0, +) / Double(members.count)
      let highest = max(range.lowerBound + half, range.upperBound - half)
      return Block(members: members, centre: min(max(mean, range.lowerBound + half), highest))
    }
    var blocks: [Block] = []
    for index in order {
      var block = settled([index])
      while let above = blocks.last {
        let reach = Double(above.members.count + block.members.count) * spacing / 2
        guard block.centre - above.centre < reach else { break }
        blocks.removeLast()
        block = settled(above.members + block.members)
      }
      blocks.append(block)
    }
    var heights = wishes
    for block in blocks {
      let top = block.centre - Double(block.members.count - 1) * spacing / 2
      for (place, member) in block.members.enumerated() {
        heights[member] = top + Double(place) * spacing
      }
    }
    self.heights = heights
  }
}
