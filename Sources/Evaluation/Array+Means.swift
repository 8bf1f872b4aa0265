extension Array where Element: BinaryFloatingPoint {
  /// The means of the columns of `[rows, width]` numbers, in double precision.
  ///
  /// - Parameter width: divides the count.
  func means(width: Int) -> [Double] {
    precondition(width > 0 && !isEmpty && count % width == 0, "Whole rows only.")
    var sums = [Double](repeating: 0, count: width)
    for (index, value) in enumerated() { sums[index % width] += Double(value) }
    let rows = Double(count / width)
    return sums.map { $0 / rows }
  }
}
