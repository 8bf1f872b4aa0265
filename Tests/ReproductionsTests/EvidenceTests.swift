import Reproductions
import Testing

@Suite("Evidence")
struct EvidenceTests {
  @Test(
    "A criterion admits its bounds and nothing beyond",
    arguments: [
      (Criterion.within(0.5, of: 2), [1.5, 2, 2.5], [1.49, 2.51, -2]),
      (.atMost(0.25), [-1, 0, 0.25], [0.26]),
      (.atLeast(0.25), [0.25, 3], [0.24, -1]),
    ])
  func criteria(_ criterion: Criterion, admitted: [Double], refused: [Double]) {
    #expect(admitted.allSatisfy { criterion.admits($0) })
    #expect(!refused.contains { criterion.admits($0) })
    #expect(!criterion.admits(.nan))
    #expect(!Evidence("nothing", measured: .nan, criterion).holds)
  }

  @Test("One number that is not as it should be is enough for a claim not to hold")
  func judgement() {
    let good = Evidence("a", measured: 1, .atMost(1))
    let bad = Evidence("b", measured: 2, .atMost(1))
    #expect(Judgement(evidence: [good, good]).holds)
    #expect(!Judgement(evidence: [good, bad, good]).holds)
  }

  @Test("Claims have ids of their own, sources, and runs of different names")
  func claims() {
    let all = Reproduction.all
    #expect(Set(all.map(\.id)).count == all.count)
    for reproduction in all {
      #expect(reproduction.link.hasPrefix("https://"))
      for tier in Tier.allCases {
        let names = reproduction.procedure(tier)?.runs.map(\.name) ?? []
        #expect(Set(names).count == names.count)
      }
    }
  }
}
