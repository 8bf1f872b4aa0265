import RandomKeys

extension MutableSpan<Float> {
  /// The largest span of which a random subset can be kept: the order is drawn on the stack.
  static var largestSubsetSource: Int { 1024 }

  /// Sets all numbers to zero but `count` of the first `eligibleCount`, every such subset being
  /// equally likely.
  mutating func keepRandomSubset(_ count: Int, ofFirst eligibleCount: Int, _ key: RandomKey) {
    precondition(
      count <= eligibleCount && eligibleCount <= self.count
        && eligibleCount <= Self.largestSubsetSource, "A subset comes from the numbers there are.")
    var order = InlineArray<1024, Int32>(repeating: 0)
    var orderSpan = order.mutableSpan
    key.fillPermutation(&orderSpan, count: eligibleCount)
    for place in count..<eligibleCount { self[Int(orderSpan[place])] = 0 }
    for index in eligibleCount..<self.count { self[index] = 0 }
  }
}
