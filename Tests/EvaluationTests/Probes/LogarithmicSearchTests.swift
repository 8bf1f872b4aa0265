import Evaluation
import Foundation
import Testing

@Suite("The search for a constant")
struct LogarithmicSearchTests {
  @Test("A smallest number is found over many orders of magnitude", arguments: [3e-5, 0.7, 4e3])
  func minimum(_ place: Double) {
    let found = LogarithmicSearch.minimum(in: 1e-6...1e5, gridCount: 23) {
      log($0 / place) * log($0 / place) + 2
    }
    // A parabola is flat to rounding within 10⁻⁸ of its bottom; the search stops at 10⁻⁶.
    #expect(abs(found.argument / place - 1) < 1e-6)
    #expect(abs(found.value - 2) < 1e-12)
  }

  @Test("What is not finite is avoided, and an end of the range may be best")
  func ends() {
    let found = LogarithmicSearch.minimum(in: 0.01...100, gridCount: 9) { $0 > 3 ? .nan : -$0 }
    #expect(found.argument <= 3 && found.argument > 2.99)
    let end = LogarithmicSearch.minimum(in: 0.01...100, gridCount: 9) { $0 }
    #expect(abs(end.argument / 0.01 - 1) < 1e-5)
  }
}
