// Dimension key
//   M  items      D  numbers of an item      C  classes

/// Items of a dataset, such as images, each with its class.
package struct LabeledItems: Equatable, Sendable {
  /// `[M, D]`
  package private(set) var items: [Float]
  /// `[M]`: classes from zero, in the order of the labels in the file.
  package let labels: [Int32]
  /// `C`
  package let classCount: Int
  /// The extents of an item, such as `[28, 28]`, whose product is `D`.
  package let extents: [Int]

  /// `M`
  package var count: Int { labels.count }

  /// `D`
  package var itemSize: Int { extents.reduce(1, *) }

  /// The most items that are read, whose numbers single precision still counts.
  package static let largestCount = 1 << 24

  /// - Parameters:
  ///   - items: `[M, D]`
  ///   - extents: of an item.
  ///   - labels: `M` of them.
  ///   - source: how many items to take, and how to scale them.
  ///   - path: for errors.
  /// - Throws: ``DatasetError`` if there are no items, another number of labels, or numbers that
  ///   are not finite.
  /// - Complexity: O(M·D)
  init(
    _ items: [Float], extents: [Int], labels: ClassNumbering, source: DatasetSource, path: String
  ) throws(DatasetError) {
    let size = extents.reduce(1, *)
    guard size > 0, !items.isEmpty else { throw DatasetError(path, .noItems) }
    guard items.count == labels.numbers.count * size else {
      throw DatasetError(
        path, .labelCount(items: items.count / size, labels: labels.numbers.count))
    }
    let count = try Self.checkCount(labels.numbers.count, source, path: path)
    var labels = labels
    labels.limit(to: count)
    self.items = items
    self.labels = labels.numbers
    classCount = labels.count
    self.extents = extents
    self.items.removeLast(items.count - count * size)
    try scale(source.scaling, path)
  }

  /// How many of the items are to be read.
  ///
  /// - Throws: ``DatasetError`` if that is more than ``largestCount``.
  @discardableResult
  static func checkCount(
    _ count: Int, _ source: DatasetSource, path: String
  ) throws(DatasetError) -> Int {
    let count = min(count, source.limit ?? .max)
    guard count <= largestCount else {
      throw DatasetError(path, .tooManyItems(found: count, limit: largestCount))
    }
    return count
  }

  /// Gives the dataset, or every feature, mean 0 and variance 1.
  ///
  /// - Throws: ``DatasetError`` if a number is not finite.
  private mutating func scale(
    _ scaling: DatasetSource.Scaling, _ path: String
  ) throws(DatasetError) {
    let size = itemSize
    let sums = featureSums { number, _ in Double(number) }
    // The sum of finite numbers of single precision is finite in double precision.
    if !sums.allSatisfy(\.isFinite), let place = items.firstIndex(where: { !$0.isFinite }) {
      throw DatasetError(
        path, at: "item \(place / size + 1), feature \(place % size + 1)",
        .notFinite("\(items[place])"))
    }
    switch scaling {
    case .none: return
    case .feature:
      let means = sums.map { $0 / Double(count) }
      let squares = squaredDeviations(from: means)
      apply(means: means, scales: squares.map { Self.scale(variance: $0 / Double(count)) })
    case .dataset:
      let mean = sums.reduce(0, +) / Double(count * size)
      let means = [Double](repeating: mean, count: size)
      let square = squaredDeviations(from: means).reduce(0, +)
      let scale = Self.scale(variance: square / Double(count * size))
      apply(means: means, scales: [Double](repeating: scale, count: size))
    }
  }

  /// One over the standard deviation; zero for what never varies.
  private static func scale(variance: Double) -> Double {
    variance > 0 ? 1 / variance.squareRoot() : 0
  }

  private func squaredDeviations(from means: [Double]) -> [Double] {
    let means = means.span
    return featureSums { number, feature in
      let deviation = Double(number) - means[unchecked: feature]
      return deviation * deviation
    }
  }

  /// `[D]`: sums over the items, in their order.
  @inline(__always)
  private func featureSums(_ term: (Float, Int) -> Double) -> [Double] {
    let size = itemSize
    var sums = [Double](repeating: 0, count: size)
    var sumSpan = sums.mutableSpan
    let items = items.span
    precondition(items.count == count * size, "Every item has all its numbers.")
    for item in 0..<count {
      for feature in 0..<size {
        // In bounds by the precondition.
        sumSpan[unchecked: feature] += term(items[unchecked: item &* size &+ feature], feature)
      }
    }
    return sums
  }

  private mutating func apply(means: [Double], scales: [Double]) {
    let (count, size) = (count, itemSize)
    let (means, scales) = (means.span, scales.span)
    var items = items.mutableSpan
    precondition(items.count == count * size, "Every item has all its numbers.")
    for item in 0..<count {
      for feature in 0..<size {
        // In bounds by the precondition.
        let index = item &* size &+ feature
        items[unchecked: index] = Float(
          (Double(items[unchecked: index]) - means[unchecked: feature]) * scales[unchecked: feature]
        )
      }
    }
  }
}
