import Episodes
import Reporting
import TaskFamilies

extension FamilyPreview {
  /// The most rows of bits in a panel.
  private static let rowLimit = 24

  /// The episodes as panels of one SVG document.
  var svg: String {
    let title = configuration.kind.rawValue
    switch view {
    case .tokens:
      return SequenceChart(
        title: title, subtitle: summary, tokenCount: shape.target.width,
        strips: episodes.indices.map { index in
          SequenceChart.Strip(title: self.title(of: index), tokens: tokens(of: episodes[index]))
        }
      ).svg()
    case .bits:
      return BitChart(
        title: title, subtitle: summary,
        panels: episodes.indices.map { index in
          BitChart.Panel(title: self.title(of: index), rows: rows(of: episodes[index]))
        }
      ).svg()
    case .onlyInput, .steepestDirection, .coordinate, .plane, .principalPlane:
      return ScatterChart(
        title: title, subtitle: summary, horizontalLabel: view.labels.horizontal,
        verticalLabel: view.labels.vertical, classCount: classCount,
        panels: episodes.indices.map { index in
          ScatterChart.Panel(
            title: self.title(of: index), points: view.points(of: episodes[index]),
            curve: curves[index])
        }
      ).svg()
    }
  }

  private func rows(of episode: Episode) -> [BitChart.Row] {
    let width = shape.inputDimension
    return (0..<min(shape.exampleCount, Self.rowLimit)).map { example in
      let target = episode.targets[example]
      return BitChart.Row(
        bits: episode.inputs[example * width..<(example + 1) * width].map { $0 > 0 },
        label: text(target: target),
        hue: classCount == nil ? (target > 0 ? 1 : 0) : Int(target))
    }
  }
}
