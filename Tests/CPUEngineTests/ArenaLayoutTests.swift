import CPUEngine
import Testing

struct ArenaLayoutTests {
  @Test("Arrays that are alive together never overlap", arguments: 0..<200)
  func disjoint(_ seed: Int) {
    var generator = Steps(state: UInt64(seed))
    let count = 1 + Int(generator.next() % 60)
    let sizes = (0..<count).map { _ in Int(generator.next() % 200) }
    let lifetimes = (0..<count).map { _ -> ClosedRange<Int>? in
      guard generator.next() % 10 > 0 else { return nil }
      let start = Int(generator.next() % 40) - 1
      return start...start + Int(generator.next() % 12)
    }
    let layout = ArenaLayout(sizes: sizes, lifetimes: lifetimes)
    for a in 0..<count {
      guard let mine = lifetimes[a] else { continue }
      #expect(layout.offsets[a] % 16 == 0, "arrays start on cache lines")
      #expect(layout.offsets[a] + sizes[a] <= layout.count)
      for b in 0..<a {
        guard let other = lifetimes[b], mine.overlaps(other), sizes[a] > 0, sizes[b] > 0 else {
          continue
        }
        let (first, second) = (layout.offsets[a], layout.offsets[b])
        #expect(first + sizes[a] <= second || second + sizes[b] <= first)
      }
    }
  }

  @Test("Arrays that follow each other share memory")
  func sharing() {
    let layout = ArenaLayout(
      sizes: [100, 100, 100, 100], lifetimes: [0...1, 1...2, 2...3, 3...4])
    #expect(layout.count == 2 * 112, "two arrays of seven cache lines are alive at any time")
  }

  @Test("A small array fills a gap between large ones")
  func gaps() {
    let layout = ArenaLayout(
      sizes: [160, 160, 160, 16], lifetimes: [0...9, 0...1, 0...9, 2...9])
    #expect(layout.count == 480)
  }

  /// Numbers that vary, the same in every run.
  private struct Steps {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
