extension RandomKey {
  /// `count` independent numbers from `N(0, standardDeviation²)`.
  package func normals(_ count: Int, standardDeviation: Float = 1) -> [Float] {
    var numbers = [Float](repeating: 0, count: count)
    var span = numbers.mutableSpan
    fillNormals(&span, standardDeviation: standardDeviation)
    return numbers
  }

  /// `count` independent uniform numbers from `range`.
  package func uniforms(_ count: Int, in range: Range<Float> = 0..<1) -> [Float] {
    var numbers = [Float](repeating: 0, count: count)
    var span = numbers.mutableSpan
    fillUniforms(&span, in: range)
    return numbers
  }

  /// `count` independent numbers from the exponential distribution of mean one.
  package func exponentials(_ count: Int) -> [Float] {
    var numbers = [Float](repeating: 0, count: count)
    var span = numbers.mutableSpan
    fillExponentials(&span)
    return numbers
  }

  /// `count` independent integers, uniform in `0 ..< bound`.
  package func integers(_ count: Int, below bound: Int) -> [Int32] {
    var numbers = [Int32](repeating: 0, count: count)
    var span = numbers.mutableSpan
    fillIntegers(&span, below: bound)
    return numbers
  }

  /// The numbers `0 ..< count` in random order.
  package func permutation(_ count: Int) -> [Int32] {
    var numbers = [Int32](repeating: 0, count: count)
    var span = numbers.mutableSpan
    fillPermutation(&span)
    return numbers
  }
}
