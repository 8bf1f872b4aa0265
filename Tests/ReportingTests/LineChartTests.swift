import Foundation
import Reporting
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Line charts")
struct LineChartTests {
  private static func series(_ name: String, _ values: [Double], band: Bool = true)
    -> LineChart.Series
  {
    LineChart.Series(
      name: name, positions: values.indices.map(Double.init), values: values,
      band: band ? .init(low: values.map { $0 * 0.9 }, high: values.map { $0 * 1.1 }) : nil,
      isEmphasized: name == "model")
  }

  private static let chart = LineChart(
    title: "Errors of <all> \"learners\" & more", subtitle: "it's a test",
    horizontalLabel: "examples", verticalLabel: "error",
    verticalScale: .logarithmic(floor: 0.01),
    series: [
      series("model", [1, 0.5, 0.25, 0.1]), series("exact", [1, 0.3, 1e-13, 0]),
      series("zero", [1, 1, 1, 1], band: false),
    ])

  @Test("The document is well-formed and returns its title unchanged")
  func wellFormed() throws {
    let reading = try SVGReading(Self.chart.svg())
    #expect(reading.titles == ["Errors of <all> \"learners\" & more"])
    #expect(reading.texts.contains("it's a test"))
    #expect(reading.texts.contains("Values below 0.01 are drawn at the lower edge."))
  }

  @Test("Every series has one line and one name, every interval one band")
  func structure() throws {
    let reading = try SVGReading(Self.chart.svg())
    #expect(reading.elements(ofClass: "line").count == 3)
    #expect(reading.elements(ofClass: "band").count == 2)
    #expect(reading.elements(ofClass: "name").count == 3)
    // The emphasised line comes last, above the others.
    #expect(reading.elements(ofClass: "line").last?["class"]?.contains("emphasized") == true)
  }

  @Test("Names stand apart from each other, also where lines end together")
  func namesApart() throws {
    let crowd = (0..<8).map { Self.series("line \($0)", [1, 0.5 + 0.001 * Double($0)]) }
    let chart = LineChart(
      title: "Crowd", horizontalLabel: "x", verticalLabel: "y", series: crowd)
    let heights = try SVGReading(chart.svg()).elements(ofClass: "name")
      .compactMap { $0["y"].flatMap(Double.init) }.sorted()
    #expect(heights.count == 8)
    // Names are set 13 pixels high.
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 >= 14 })
  }

  @Test("A line lies where its values say: equal ratios, equal steps on a logarithmic axis")
  func logarithmicHeights() throws {
    let chart = LineChart(
      title: "Decades", horizontalLabel: "x", verticalLabel: "y",
      verticalScale: .logarithmic(floor: 0.001),
      series: [Self.series("line", [1, 0.1, 0.01, 0.0001], band: false)])
    let path = try #require(SVGReading(chart.svg()).elements(ofClass: "line").first?["d"])
    let numbers = path.split(separator: " ").compactMap { Double($0) }
    let heights = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
    try #require(heights.count == 4)
    let step = heights[1] - heights[0]
    #expect(step > 10)
    // Coordinates are written with one digit.
    #expect(abs(heights[2] - heights[1] - step) < 0.25)
    #expect(abs(heights[3] - heights[2] - step) < 0.25, "Values below the floor lie on it.")
  }

  @Test("Numbers of many digits beside an axis are powers of ten, and stay in the picture")
  func powers() throws {
    let chart = LineChart(
      title: "Decades", horizontalLabel: "x", verticalLabel: "y",
      verticalScale: .logarithmic(floor: 1e-6), series: [Self.series("line", [1, 1e-6])])
    let texts = try SVGReading(chart.svg()).texts
    for text in ["1", "0.1", "0.001", "0.0001", "10⁻⁵", "10⁻⁶"] { #expect(texts.contains(text)) }
    let near = LineChart(
      title: "Near", horizontalLabel: "x", verticalLabel: "y",
      verticalScale: .logarithmic(floor: 1e-6), series: [Self.series("line", [5e-6, 2e-6])])
    #expect(try SVGReading(near.svg()).texts.contains("2·10⁻⁶"))
    let wide = LineChart(
      title: "Wide", horizontalLabel: "x", verticalLabel: "y",
      series: [Self.series("line", [0, 123_456_789])])
    let labels = try SVGReading(wide.svg()).elements.filter {
      $0.name == "text" && $0.attributes["text-anchor"] == "end"
    }
    // Nine digits of eight pixels at most.
    #expect(labels.allSatisfy { (Double($0.attributes["x"] ?? "") ?? 0) > 20 + 9 * 8 })
  }

  @Test("A marker stands at its position, with its name")
  func markers() throws {
    let chart = LineChart(
      title: "t", horizontalLabel: "x", verticalLabel: "y",
      series: [Self.series("line", [1, 2, 3])], markers: [.init(1, "here"), .init(4, "there")])
    let reading = try SVGReading(chart.svg())
    let lines = reading.elements(ofClass: "marker")
    #expect(lines.count == 2 && reading.texts.contains("here") && reading.texts.contains("there"))
    let places = lines.compactMap { $0["d"]?.split(separator: " ").dropFirst().first }
      .compactMap { Double($0) }
    // The axis reaches to the last marker.
    #expect(places.count == 2 && places[1] - places[0] > 100)
  }

  @Test("Dark and light paper are both in the style sheet")
  func themes() {
    let svg = Self.chart.svg()
    #expect(svg.contains("prefers-color-scheme: dark"))
    #expect(svg.contains("fill: #ffffff"))
  }
}
