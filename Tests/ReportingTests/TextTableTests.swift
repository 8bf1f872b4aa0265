import Reporting
import Testing

@Suite("Text tables")
struct TextTableTests {
  @Test("Words align at the left, numbers at the right with the same digits")
  func alignment() {
    var table = TextTable(columns: [
      .init("learner", .words), .init("k = 0", .numbers(digits: 2)),
      .init("k = 10", .numbers(digits: 3)),
    ])
    table.append([.words("model"), .number(1), .number(0.0194)])
    table.append([.words("leastSquares"), .number(10.126), .absent])
    #expect(
      table.rendered() == """
        learner       k = 0  k = 10
        ------------  -----  ------
        model          1.00   0.019
        leastSquares  10.13       -

        """)
  }

  @Test("Figures align at the right and are never wrapped")
  func figures() {
    var table = TextTable(columns: [.init("who", .words), .init("interval", .figures)])
    table.append([.words("a long name"), .words("0.1 (0.0–0.2)")])
    table.append([.words("b"), .number(7)])
    #expect(
      table.rendered(width: 18) == """
        who        interval
        ----  -------------
        a     0.1 (0.0–0.2)
        long
        name
        b               7.0

        """)
  }

  @Test("Columns of words are wrapped to the width, but no word is broken")
  func wrapping() {
    var table = TextTable(columns: [
      .init("name", .words), .init("n", .numbers(digits: 0)), .init("meaning", .words),
    ])
    table.append([.words("first"), .number(1), .words("the least of all numbers")])
    table.append([.words("second"), .number(2), .words("an incomprehensibility")])
    #expect(
      table.rendered(width: 32) == """
        name    n  meaning
        ------  -  ---------------------
        first   1  the least of all
                   numbers
        second  2  an
                   incomprehensibility

        """)
    #expect(table.rendered(width: 10).contains("incomprehensibility"))
    #expect(table.rendered(width: 100) == table.rendered())
  }

  @Test("Definitions stand beside their terms and are wrapped beside them")
  func definitions() {
    var list = DefinitionList(indent: 2, termWidth: 6)
    list.append("one", "the first of the natural numbers")
    list.append("two", "")
    list.append("three", "3")
    #expect(
      list.rendered(width: 31) == """
          one     the first of the
                  natural numbers
          two     \("")
          three   3

        """)
    #expect(list.rendered().contains("  one     the first of the natural numbers\n"))
  }

  @Test(
    "Fixed notation rounds half away from zero and keeps no sign of zero",
    arguments: [
      (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (-0.001, 2, "0.00"), (2.0, 0, "2"),
      (0.05, 3, "0.050"), (1234.5, 1, "1234.5"), (.infinity, 2, "inf"), (1e300, 2, "1e+300"),
    ])
  func fixedNotation(number: Double, digits: Int, text: String) {
    #expect(number.fixed(digits) == text)
  }
}
