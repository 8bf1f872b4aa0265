import Reporting
import Testing

@Suite("Plots in characters")
struct CharacterPlotTests {
  @Test("Dots and marks lie where their numbers say")
  func places() {
    var plot = CharacterPlot(columns: 8, rows: 2, horizontal: [0, 4], vertical: [-1, 1])
    plot.dot(0, -1)
    plot.dot(0.3, -1)
    plot.dot(4, 1)
    plot.mark(2, 1, "a", hue: 0)
    #expect(
      plot.rendered(
        horizontalLabel: "x", verticalLabel: "y", style: TextStyle(isColored: false))
          == """
          y
           1.0 ┤    a  ⠈
          -1.0 ┤⣀
               └────────
                0   x  4

          """)
  }

  @Test("A mark covers dots and has its colour, but only on a terminal")
  func colours() {
    var plot = CharacterPlot(columns: 3, rows: 1, horizontal: [0, 1], vertical: [0, 1])
    plot.dot(0, 0)
    plot.mark(0, 0, "b", hue: 1)
    func text(_ isColored: Bool) -> String {
      plot.rendered(
        horizontalLabel: "", verticalLabel: "", style: TextStyle(isColored: isColored))
    }
    #expect(text(true).contains("\u{1B}[33mb\u{1B}[0m"))
    #expect(!text(false).contains("\u{1B}"))
    #expect(text(false).contains("b") && !text(false).contains("⡀"))
  }

  @Test(
    "Classes are single signs as long as these suffice",
    arguments: [(3, 5, "3"), (10, 12, "a"), (61, 62, "Z"), (61, 100, "61"), (-1, 4, "-1")])
  func symbols(number: Int, count: Int, sign: String) {
    #expect(number.symbol(among: count) == sign)
  }
}
