import RandomKeys
import Testing

/// Each tolerance is four standard errors, as stated beside it.
@Suite("Distributions")
struct DistributionTests {
  let count = 1_000_000

  @Test("Normal numbers have the moments and tails of N(0, 1)")
  func normals() {
    let numbers = RandomKey(seed: 11).normals(count).map(Double.init)
    func moment(_ power: Int) -> Double {
      numbers.reduce(0) { sum, number in
        sum + (0..<power).reduce(1.0) { product, _ in product * number }
      } / Double(count)
    }
    #expect(abs(moment(1)) < 0.004)  // √1 / 1000
    #expect(abs(moment(2) - 1) < 0.0057)  // √2 / 1000
    #expect(abs(moment(3)) < 0.0155)  // √15 / 1000
    #expect(abs(moment(4) - 3) < 0.0392)  // √96 / 1000
    // P(|x| > 3) = 0.0026998, standard error √(p / n) = 5.2e-5.
    let tail = Double(numbers.count { abs($0) > 3 }) / Double(count)
    #expect(abs(tail - 0.0026998) < 2.1e-4)
    // P(x < 0.5) = 0.6914625, standard error 4.6e-4.
    let below = Double(numbers.count { $0 < 0.5 }) / Double(count)
    #expect(abs(below - 0.6914625) < 1.9e-3)
    #expect(numbers.allSatisfy { abs($0) < 6.8 })
  }

  @Test("The standard deviation scales")
  func standardDeviation() {
    let key = RandomKey(seed: 3)
    #expect(key.normals(70, standardDeviation: 4) == key.normals(70).map { 4 * $0 })
  }

  @Test("Uniform numbers stay in their range and fill it")
  func uniforms() {
    let numbers = RandomKey(seed: 12).uniforms(count, in: -1..<3)
    #expect(numbers.allSatisfy { $0 >= -1 && $0 < 3 })
    let mean = numbers.reduce(0.0) { $0 + Double($1) } / Double(count)
    #expect(abs(mean - 1) < 0.0047)  // (4 / √12) / 1000
    let square = numbers.reduce(0.0) { $0 + Double($1 - 1) * Double($1 - 1) } / Double(count)
    #expect(abs(square - 4.0 / 3) < 0.0048)  // √(16²/180) / 1000
    // A range where rounding would reach the open end.
    #expect(RandomKey(seed: 1).uniforms(count, in: 1..<1.0000002).allSatisfy { $0 < 1.0000002 })
  }

  @Test("Exponential numbers have the moments and tail of their law")
  func exponentials() {
    let numbers = RandomKey(seed: 16).exponentials(count).map(Double.init)
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 22.9 })
    let mean = numbers.reduce(0, +) / Double(count)
    #expect(abs(mean - 1) < 0.004)  // 1 / 1000
    let square = numbers.reduce(0) { $0 + $1 * $1 } / Double(count)
    #expect(abs(square - 2) < 0.0179)  // √20 / 1000
    // P(x > 3) = e⁻³ = 0.0497871, standard error 2.2e-4.
    let tail = Double(numbers.count { $0 > 3 }) / Double(count)
    #expect(abs(tail - 0.0497871) < 8.7e-4)
  }

  @Test("Integers are uniform", arguments: [2, 5, 7])
  func integers(_ bound: Int) {
    var counts = [Int](repeating: 0, count: bound)
    for number in RandomKey(seed: 13).integers(count, below: bound) { counts[Int(number)] += 1 }
    let expected = Double(count) / Double(bound)
    let tolerance = 4 * (expected * (1 - 1 / Double(bound))).squareRoot()
    for number in counts { #expect(abs(Double(number) - expected) < tolerance) }

    var singles = [Int](repeating: 0, count: bound)
    for index in 0..<100_000 {
      singles[RandomKey(seed: 14).folded(with: index).uniformInteger(below: bound)] += 1
    }
    let share = 100_000 / Double(bound)
    for number in singles { #expect(abs(Double(number) - share) < 4 * share.squareRoot()) }
  }

  @Test("Permutations hold every number once, and every order is equally likely")
  func permutations() {
    for size in [0, 1, 2, 64, 65, 66, 300] {
      #expect(
        RandomKey(seed: 5).permutation(size).sorted() == (0..<size).map { Int32($0) })
    }
    var counts: [[Int32]: Int] = [:]
    for index in 0..<60_000 {
      counts[RandomKey(seed: 15).folded(with: index).permutation(3), default: 0] += 1
    }
    #expect(counts.count == 6)
    // 10000 expected of each; standard error √(10000 · 5/6) = 91.
    for number in counts.values { #expect(abs(number - 10_000) < 365) }
  }
}
