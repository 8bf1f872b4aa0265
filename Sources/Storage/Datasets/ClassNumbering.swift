/// Labels of any kind as classes numbered from zero, in the order of the labels.
struct ClassNumbering {
  /// `[M]`
  private(set) var numbers: [Int32]
  /// How many different labels there are.
  let count: Int

  /// - Complexity: O(M + C log C) for `C` different labels.
  init(_ labels: [some Comparable & Hashable]) {
    let classes = Set(labels).sorted()
    let numberOf = Dictionary(
      uniqueKeysWithValues: zip(classes, (0...).lazy.map { Int32(truncatingIfNeeded: $0) }))
    numbers = labels.map { numberOf[$0, default: 0] }
    count = classes.count
  }

  /// Labels of a table: in the order of their numbers if all are whole numbers.
  init(texts: [String]) {
    let wholeNumbers = texts.compactMap { Int64($0) }
    if wholeNumbers.count == texts.count { self.init(wholeNumbers) } else { self.init(texts) }
  }

  mutating func limit(to count: Int) {
    if numbers.count > count { numbers.removeLast(numbers.count - count) }
  }
}
