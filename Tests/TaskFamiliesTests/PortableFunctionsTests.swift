import Foundation
import TaskFamilies
import Testing

@Suite("Portable functions")
struct PortableFunctionsTests {
  @Test(
    "Sine and cosine agree with the C library",
    arguments: [(1.0, 1e-11), (20, 1e-11), (1e4, 1e-11), (1e6, 1e-11)])
  func waves(_ bound: Double, _ tolerance: Double) {
    var largest = 0.0
    for index in -100_000...100_000 {
      let x = bound * Double(index) / 100_000
      let wave = x.portableSineAndCosine
      largest = max(largest, abs(wave.sine - sin(x)), abs(wave.cosine - cos(x)))
    }
    #expect(largest < tolerance)
  }

  @Test("Sine and cosine are exact at zero and signed in every quadrant")
  func quadrants() {
    #expect(0.0.portableSineAndCosine == (0, 1))
    for (turns, sine, cosine) in [
      (0.125, 1.0, 1.0), (0.375, 1, -1), (0.625, -1, -1), (0.875, -1, 1), (-0.125, -1, 1),
    ] {
      let wave = (2 * Double.pi * turns).portableSineAndCosine
      #expect(abs(wave.sine - sine * 0.5.squareRoot()) < 1e-11)
      #expect(abs(wave.cosine - cosine * 0.5.squareRoot()) < 1e-11)
    }
  }

  @Test("The decay agrees with the C library", arguments: [1 as Float, 10, 86])
  func decay(_ bound: Float) {
    var largest = 0.0
    for index in 0...100_000 {
      let x = bound * Float(index) / 100_000
      let decay = SIMD16<Float>.portableDecay(SIMD16(repeating: x))
      largest = max(largest, abs(Double(decay[index % 16]) - exp(-Double(x))))
    }
    #expect(largest < 2e-7)
    #expect(SIMD16<Float>.portableDecay(SIMD16(repeating: 0)) == SIMD16(repeating: 1))
    // As far out as one likes it stays a tiny positive number.
    let last = SIMD16<Float>.portableDecay(SIMD16(repeating: .infinity))
    #expect(last[0] > 0 && last[0] < 1e-37)
  }
}
