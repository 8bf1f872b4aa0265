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

  @Test("The hyperbolic tangent agrees with the C library, and is odd and bounded")
  func hyperbolicTangents() {
    var largest: Float = 0
    for index in 0...200_000 {
      let x = Float(index) / 10_000
      let value = hyperbolicTangent(x)
      largest = max(largest, abs(value - Float(tanh(Double(x)))))
      #expect(abs(value) <= 1)
    }
    // As stated.
    #expect(largest < 3e-7)
    for x: Float in [0.1, 1, 8, 100, .greatestFiniteMagnitude] {
      #expect(abs(hyperbolicTangent(-x) + hyperbolicTangent(x)) < 3e-7)
    }
  }

  @Test("The decaying exponential agrees with the C library, and ends at 86")
  func decay() {
    var largest = 0.0
    for index in stride(from: 0, to: 1_600_000, by: 16) {
      let x = SIMD16<Float>((0..<16).map { Float(index + $0) * 5e-5 })
      let values = SIMD16<Float>.portableDecay(x)
      for lane in 0..<16 {
        largest = max(largest, abs(Double(values[lane]) - exp(-Double(x[lane]))))
      }
    }
    // As stated.
    #expect(largest < 1e-7)
    #expect(SIMD16<Float>.portableDecay(.zero) == .one)
    let end = SIMD16<Float>.portableDecay(SIMD16(repeating: 86))
    #expect(SIMD16<Float>.portableDecay(SIMD16(repeating: 1e30)) == end && end[0] > 0)
  }
}
