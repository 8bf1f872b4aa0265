/// A set of literals of up to 64 Boolean coordinates: some that ask for a coordinate to be positive,
/// some for the contrary.
struct LiteralSet: Equatable {
  private(set) var positive: UInt64
  private(set) var negative: UInt64

  /// All literals of `dimension` coordinates.
  init(allOf dimension: Int) {
    positive = dimension == 64 ? .max : 1 << UInt64(dimension) - 1
    negative = positive
  }

  /// The literals that hold for an input.
  init(satisfiedBy input: Span<Float>) {
    positive = input.bits { $0 > 0 }
    negative = input.bits { !($0 > 0) }
  }

  func intersection(_ other: Self) -> Self {
    var common = self
    common.positive &= other.positive
    common.negative &= other.negative
    return common
  }

  func isSubset(of other: Self) -> Bool { intersection(other) == self }

  /// How many literals there are.
  var count: Int { positive.nonzeroBitCount + negative.nonzeroBitCount }

  /// How many coordinates have both literals.
  var pairCount: Int { (positive & negative).nonzeroBitCount }

  /// How many coordinates have exactly one.
  var singleCount: Int { (positive ^ negative).nonzeroBitCount }
}
