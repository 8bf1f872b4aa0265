import Reporting
import Testing

@Suite("Heat maps")
struct HeatMapTests {
  private static func map(
    _ values: [Double?], columns: Int, scale: HeatMap.ColorScale? = nil
  ) -> HeatMap {
    HeatMap(
      title: "a < b", subtitle: "c & d", rowLabel: "tasks", columnLabel: "width",
      valueLabel: "accuracy", rows: (0..<values.count / columns).map { "row \($0)" },
      columns: (0..<columns).map { "\(1 << $0)" }, values: values, scale: scale, digits: 2)
  }

  private static func strengths(_ reading: SVGReading, count: Int) -> [Double] {
    reading.elements(ofClass: "heat").prefix(count).compactMap {
      $0["fill-opacity"].flatMap(Double.init)
    }
  }

  @Test("Every number has a cell with its text, and what is missing an empty frame")
  func cells() throws {
    let map = Self.map([0, 0.5, 1, nil, .nan, 0.25], columns: 3)
    let reading = try SVGReading(map.svg())
    #expect(reading.titles == ["a < b"])
    for text in ["c & d", "0.00", "0.50", "1.00", "0.25", "row 0", "row 1", "4", "no value"] {
      #expect(reading.texts.contains(text))
    }
    #expect(reading.elements(ofClass: "figure").count == 4)
    // A frame and a stroke each, in two cells and the key.
    #expect(reading.elements(ofClass: "hole").count == 6)
    #expect(reading.texts(of: "desc").first?.contains("from 0.00 to 1.00") == true)
  }

  @Test("A greater number is a stronger colour, and equal steps are equal")
  func strengths() throws {
    let reading = try SVGReading(Self.map([0, 1, 2, 3], columns: 4).svg())
    let strengths = Self.strengths(reading, count: 4)
    #expect(strengths.first == 0.04 && strengths.last == 1)
    for (first, second) in zip(strengths, strengths.dropFirst()) {
      // Strengths are written with three digits.
      #expect(abs(second - first - 0.32) < 0.0011)
    }
    #expect(reading.elements(ofClass: "hole").isEmpty)
  }

  @Test("Numbers on both sides of the centre differ in colour, and those outside are at the end")
  func diverging() throws {
    let map = Self.map([-9, -1, 0, 1, 2], columns: 5, scale: .diverging(center: 0, reach: 2))
    let reading = try SVGReading(map.svg())
    #expect(Self.strengths(reading, count: 5) == [1, 0.52, 0.04, 0.52, 1])
    let hues = reading.elements(ofClass: "heat").prefix(5).map { $0["class"] ?? "" }
    #expect(hues == ["heat hue1", "heat hue1", "heat hue0", "heat hue0", "heat hue0"])
  }

  @Test("Where numbers have no room colours alone are drawn, all inside the picture")
  func many() throws {
    let count = 100
    let map = Self.map((0..<count * count).map { Double($0) }, columns: count)
    let reading = try SVGReading(map.svg())
    #expect(reading.elements(ofClass: "figure").isEmpty)
    let cells = reading.elements(ofClass: "heat")
    // The key is a bar of 24 patches.
    #expect(cells.count == count * count + 24)
    for cell in cells {
      let (x, width) = (Double(cell["x"] ?? "") ?? -1, Double(cell["width"] ?? "") ?? -1)
      #expect(x >= 20 && width > 0 && x + width <= 760)
    }
    let names = reading.texts.filter { $0.hasPrefix("row") }
    #expect(names.count > 5 && names.count < 60, "Names that would overlap are left out.")
  }

  @Test("A map of equal numbers, and one without any, are drawn")
  func degenerate() throws {
    #expect(
      try SVGReading(Self.map([2, 2], columns: 2).svg()).elements(ofClass: "figure").count == 2)
    let empty = try SVGReading(Self.map([nil, nil], columns: 1).svg())
    #expect(empty.elements(ofClass: "figure").isEmpty)
    #expect(empty.texts(of: "desc").first?.contains("without any value") == true)
  }
}
