import Reporting
import Testing

@Suite("Charts of panels")
struct PanelChartTests {
  private static func corners(_ elements: [[String: String]], _ x: String, _ y: String)
    -> [(x: Double, y: Double)]
  {
    elements.map { (Double($0[x] ?? "") ?? .nan, Double($0[y] ?? "") ?? .nan) }
  }

  @Test("Points lie where their numbers say, in every panel alike")
  func scatter() throws {
    let points = [(0, 0), (1, 2), (2, 4)].map { ScatterChart.Point(x: $0.0, y: $0.1) }
    let chart = ScatterChart(
      title: "a < b", subtitle: "c & d", horizontalLabel: "x", verticalLabel: "y",
      panels: ["one", "two"].map { .init(title: $0, points: points, curve: points) })
    let reading = try SVGReading(chart.svg())
    #expect(reading.titles == ["a < b"])
    #expect(reading.texts.contains("c & d") && reading.texts.contains("two"))
    #expect(reading.elements(ofClass: "line").count == 2)
    let places = Self.corners(reading.elements(ofClass: "point"), "cx", "cy")
    try #require(places.count == 6)
    // Coordinates are written with one digit.
    #expect(abs(places[2].x - 2 * places[1].x + places[0].x) < 0.25)
    #expect(places[0].y - places[2].y > 100)
    #expect(abs(places[0].y - 2 * places[1].y + places[2].y) < 0.25)
    #expect(places[3].y == places[0].y && places[3].x > places[2].x)
  }

  @Test("Points of classes carry their signs while there are few, and their colours always")
  func classes() throws {
    func reading(count: Int) throws -> SVGReading {
      let points = (0..<count).map {
        ScatterChart.Point(x: Double($0), y: Double($0 * $0), label: $0 % 12)
      }
      return try SVGReading(
        ScatterChart(
          title: "t", horizontalLabel: "x", verticalLabel: "y", classCount: 12,
          panels: [.init(title: "one", points: points)]
        ).svg())
    }
    let few = try reading(count: 24)
    #expect(few.elements(ofClass: "mark").count == 24)
    #expect(few.texts.contains("b"), "Class 11 is b.")
    #expect(few.elements(ofClass: "hue3").count == 4, "Classes 3 and 11, twice each.")
    #expect(try reading(count: 200).elements(ofClass: "mark").isEmpty)
  }

  @Test("Equal tokens have equal colours, and lines break before the edge")
  func sequence() throws {
    let tokens = (0..<100).map { $0 % 5 }
    let chart = SequenceChart(
      title: "t", tokenCount: 5, strips: [.init(title: "one", tokens: tokens)])
    let cells = try SVGReading(chart.svg()).elements(ofClass: "band")
    #expect(cells.count == 100)
    for (token, cell) in zip(tokens, cells) {
      #expect(cell["class"] == "band hue\(token)")
    }
    let places = Self.corners(cells, "x", "y")
    #expect(places.allSatisfy { (20...740).contains($0.x) })
    #expect(Set(places.map(\.y)).count == 3)
    #expect(Set(places.map { "\($0)" }).count == 100, "No two cells in one place.")
  }

  @Test("A bit is a square, filled if it is one, and every row has its label")
  func bits() throws {
    let chart = BitChart(
      title: "t", subtitle: "s",
      panels: [
        .init(
          title: "one",
          rows: [
            .init(bits: [true, false, true], label: "0", hue: 0),
            .init(bits: [false, false, true], label: "1", hue: 1),
          ])
      ])
    let reading = try SVGReading(chart.svg())
    #expect(reading.elements(ofClass: "point").count == 3)
    #expect(reading.elements(ofClass: "blank").count == 3)
    #expect(
      reading.elements(ofClass: "symbol").map { $0["class"] ?? "" } == [
        "symbol name hue0", "symbol name hue1",
      ])
  }

  @Test("Panels of lines share their axes, and one key names the lines of all")
  func linePanels() throws {
    let panels = (0..<6).map { index in
      LinePanels.Panel(
        title: "panel \(index)",
        lines: [1.0, 0.1].map { scale in
          .init(positions: [0, 2], values: [scale, scale / Double(index + 1)])
        })
    }
    let chart = LinePanels(
      title: "a < b", subtitle: "c & d", horizontalLabel: "x", verticalLabel: "y",
      verticalScale: .logarithmic(floor: 0.01), names: ["model", "best"], panels: panels)
    let reading = try SVGReading(chart.svg())
    for index in 0..<6 { #expect(reading.texts.contains("panel \(index)")) }
    #expect(reading.texts.count { $0 == "model" } == 1)
    // A line each and a piece in the key.
    let lines = reading.elements(ofClass: "line")
    #expect(lines.count == 2 * 6 + 2)
    #expect(lines.count { $0["class"]?.contains("emphasized") == true } == 7)
    // The second panel stands beside the first, so equal numbers are equally high.
    let starts = lines.dropFirst(2).compactMap { line in
      line["d"]?.split(separator: " ").prefix(3).last.flatMap { Double($0) }
    }
    #expect(starts.count == 12 && starts[0] == starts[2] && starts[1] == starts[3])
    #expect(starts[0] - starts[1] > 20, "The lower line of a panel is drawn first.")
    #expect(starts[8] > starts[0] + 100, "The fifth panel begins the second row.")
  }
}
