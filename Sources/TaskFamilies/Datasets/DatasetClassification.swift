package import Baselines
package import Configuration
package import Episodes
package import RandomKeys
package import Storage

// Dimension key
//   N  examples in an episode      D  dimension of an input
//   M  items of the dataset        C  labels

/// Items of a dataset with their own labels.
///
/// An example is one of the items, each with equal chances, or one of a class that is drawn first.
/// There is one task only, whose latent is empty; ``InputProjection`` and ``LabelPermutation`` make
/// many of it.
///
/// Source: Kirsch et al. 2022, section 3, <https://arxiv.org/abs/2212.04458>.
package struct DatasetClassification: TaskFamily {
  package let settings: DatasetSettings
  /// All items, also those of the other part.
  package let items: LabeledItems
  /// The items that are drawn, class by class.
  private let members: [Int32]
  /// Where the members of each class that has some begin, and the end of all.
  private let classStarts: [Int]

  /// - Throws: `ConfigurationError` if the items do not have what the settings declare, or are too
  ///   few.
  package init(
    _ settings: DatasetSettings, _ items: LabeledItems
  ) throws(ConfigurationError) {
    self.settings = settings
    self.items = items
    let name = settings.dataset.name
    guard items.itemSize == settings.inputDimension else {
      let extents = items.extents.map(String.init).joined(separator: " × ")
      throw ConfigurationError(
        path: "inputDimension",
        message: "the items of \(name) have \(extents) = \(items.itemSize) numbers, not "
          + "\(settings.inputDimension); set it to \(items.itemSize)")
    }
    guard items.classCount <= settings.classCount else {
      throw ConfigurationError(
        path: "classCount",
        message: "\(name) has \(items.classCount) classes, for which \(settings.classCount) slots "
          + "are too few; set it to \(items.classCount) or leave out classes")
    }
    let part = Self.part(settings, items.count)
    let labels = items.labels
    let ordered = part.sorted { (labels[Int($0)], $0) < (labels[Int($1)], $1) }
    let starts = ordered.indices.filter {
      $0 == 0 || labels[Int(ordered[$0])] != labels[Int(ordered[$0 - 1])]
    }
    members = ordered
    classStarts = starts + [ordered.count]
    guard !ordered.isEmpty else {
      throw ConfigurationError(
        path: "testShare",
        message: "leaves no item of \(name) in the part `\(settings.part.rawValue)`")
    }
    let fewest = zip(classStarts.dropFirst(), classStarts).map { $0 - $1 }.min() ?? 0
    let available = settings.balanced ? fewest : ordered.count
    guard settings.replacement || available >= settings.exampleCount else {
      throw ConfigurationError(
        path: "exampleCount",
        message: "\(settings.exampleCount) examples cannot all differ, as \(name) has only "
          + "\(available) items\(settings.balanced ? " of one class" : "") to draw; set it to "
          + "\(available) or `replacement` to true")
    }
  }

  /// The numbers of the items of a part: which ones are kept for tests depends on the seed alone.
  private static func part(_ settings: DatasetSettings, _ count: Int) -> [Int32] {
    // "datasplt" in ASCII.
    let order = RandomKey(seed: UInt64(settings.splitSeed))
      .folded(with: 0x6461_7461_7370_6C74 as UInt64).permutation(count)
    let testCount = Int((settings.testShare * Double(count)).rounded())
    return switch settings.part {
    case .all: order
    case .train: Array(order[testCount...])
    case .test: Array(order[..<testCount])
    }
  }

  package var episodeShape: EpisodeShape { settings.episodeShape }

  /// Nothing: there is one task.
  package func drawTask(_ key: RandomKey, into episode: inout Episode) {}

  /// - Complexity: O(N·D), and O(N²) without replacement.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    drawExamples(key, inputs: &episode.inputs, targets: &episode.targets)
  }

  private func drawExamples(_ key: RandomKey, inputs: inout [Float], targets: inout [Float]) {
    let width = settings.inputDimension
    let (items, labels) = (items.items.span, items.labels.span)
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    let key = key.folded(with: .inputs)
    for example in 0..<settings.exampleCount {
      let item = drawItem(
        key.folded(with: example), besides: targets.span.extracting(first: example))
      // Single precision counts all items.
      targets[example] = Float(item)
      let (from, to) = (item * width, example * width)
      precondition(from + width <= items.count && to + width <= inputs.count)
      for i in 0..<width { inputs[unchecked: to &+ i] = items[unchecked: from &+ i] }
    }
    for example in 0..<settings.exampleCount {
      targets[example] = Float(labels[Int(targets[example])])
    }
  }

  /// Draws until the item is none of those before it, if these count.
  private func drawItem(_ key: RandomKey, besides earlier: Span<Float>) -> Int {
    var attempt = 0
    while true {
      let key = key.folded(with: attempt)
      let range: Range<Int>
      if settings.balanced {
        let place = key.folded(with: .labels).uniformInteger(below: classStarts.count - 1)
        range = classStarts[place]..<classStarts[place + 1]
      } else {
        range = 0..<members.count
      }
      let item = Int(members[range.lowerBound + key.uniformInteger(below: range.count)])
      if settings.replacement || !earlier.contains(Float(item)) { return item }
      attempt += 1
    }
  }

  /// Nothing: an item brings its label.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    NearestNeighbors(1)
  }

  package var baselines: [any InContextLearner] { episodeShape.classifiers }
}

extension Span<Float> {
  fileprivate func contains(_ number: Float) -> Bool {
    for index in indices where self[index] == number { return true }
    return false
  }
}
