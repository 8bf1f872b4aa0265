import Episodes
import Reporting
import TaskFamilies

extension FamilyPreview {
  private static let plotColumns = 56
  private static let plotRows = 14
  /// The most examples in the table below a plot, and in a table of bits.
  private static let exampleLimit = 4
  private static let bitRowLimit = 12
  /// The most numbers of an input, and bits of one, in a table.
  private static let numberLimit = 6
  private static let bitLimit = 64
  /// Up to this many examples are marks, more are dots.
  private static let markLimit = 60

  /// The episodes in characters.
  ///
  /// - Parameter width: of the terminal, in characters; nil if the text goes elsewhere.
  func text(width: Int?, style: TextStyle) -> String {
    let headline = """
      \(style.bold(configuration.kind.rawValue))
      \(summary)
      \(shape.summary), seed \(seed)

      """
    let parts = episodes.indices.map { index in
      "\n\(style.bold(title(of: index)))\n" + text(of: index, width: width, style: style)
    }
    return headline + parts.joined()
  }

  private func text(of index: Int, width: Int?, style: TextStyle) -> String {
    let episode = episodes[index]
    switch view {
    case .tokens: return text(ofTokens: episode, width: width ?? 80, style: style)
    case .bits: return bitTable(of: episode)
    case .onlyInput, .steepestDirection, .coordinate, .plane, .principalPlane:
      return plot(of: index, width: width, style: style) + "\n" + numberTable(of: episode)
    }
  }

  private func plot(of index: Int, width: Int?, style: TextStyle) -> String {
    let points = view.points(of: episodes[index])
    let drawn = points + curves[index]
    var plot = CharacterPlot(
      columns: min(Self.plotColumns, max(20, (width ?? 80) - 12)), rows: Self.plotRows,
      horizontal: drawn.map(\.x), vertical: drawn.map(\.y))
    for point in curves[index] { plot.dot(point.x, point.y) }
    for point in points {
      if let label = point.label, let classCount {
        let sign = label.symbol(among: classCount)
        plot.mark(point.x, point.y, sign.count == 1 ? Character(sign) : "●", hue: label)
      } else if points.count <= Self.markLimit {
        plot.mark(point.x, point.y, "●", hue: 1)
      } else {
        plot.dot(point.x, point.y)
      }
    }
    return plot.rendered(
      horizontalLabel: view.labels.horizontal, verticalLabel: view.labels.vertical, style: style)
  }

  private func numberTable(of episode: Episode) -> String {
    let dimension = shape.inputDimension
    let shown = min(dimension, Self.numberLimit)
    var columns: [TextTable.Column] = [.init("example", .numbers(digits: 0))]
    columns += (0..<shown).map { index in
      .init(dimension == 1 ? "x" : "x\(index + 1)", .numbers(digits: 2))
    }
    if shown < dimension { columns.append(.init("", .words)) }
    let isReal = classCount == nil
    columns.append(isReal ? .init("y", .numbers(digits: 2)) : .init("class", .words))
    var table = TextTable(columns: columns)
    for example in 0..<min(shape.exampleCount, Self.exampleLimit) {
      var row: [TextTable.Cell] = [.number(Double(example + 1))]
      row += (0..<shown).map { .number(Double(episode.inputs[example * dimension + $0])) }
      if shown < dimension { row.append(.words("…")) }
      let target = episode.targets[example]
      row.append(isReal ? .number(Double(target)) : .words(text(target: target)))
      table.append(row)
    }
    return table.rendered()
  }

  private func bitTable(of episode: Episode) -> String {
    let dimension = shape.inputDimension
    // What stands for the lower and for the upper value.
    let signs = episode.inputs.contains(-1) ? ["-", "+"] : ["·", "1"]
    var table = TextTable(columns: [
      .init("example", .numbers(digits: 0)), .init("x", .words),
      classCount == nil ? .init("y", .numbers(digits: 2)) : .init("class", .words),
    ])
    for example in 0..<min(shape.exampleCount, Self.bitRowLimit) {
      let bits = episode.inputs[example * dimension..<(example + 1) * dimension]
      let text = bits.prefix(Self.bitLimit).map { signs[$0 > 0 ? 1 : 0] }.joined()
      let target = episode.targets[example]
      table.append([
        .number(Double(example + 1)), .words(dimension > Self.bitLimit ? text + "…" : text),
        classCount == nil ? .number(Double(target)) : .words(self.text(target: target)),
      ])
    }
    return table.rendered()
  }

  /// The tokens of an episode in lines of at most `width` characters.
  private func text(ofTokens episode: Episode, width: Int, style: TextStyle) -> String {
    let tokens = tokens(of: episode)
    let signs = tokens.map { $0.symbol(among: shape.target.width) }
    let cell = (signs.map(\.count).max() ?? 1) + 1
    let perLine = max(1, width / cell)
    return stride(from: 0, to: tokens.count, by: perLine).map { start in
      let line = (start..<min(start + perLine, tokens.count)).map { place in
        String(repeating: " ", count: cell - 1 - signs[place].count)
          + style.hue(tokens[place], signs[place])
      }
      return line.joined(separator: " ") + "\n"
    }.joined()
  }
}
