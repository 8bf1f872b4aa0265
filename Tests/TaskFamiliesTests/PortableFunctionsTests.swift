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

  @Test("The exponential agrees with the C library", arguments: [1.0, 50, 708])
  func exponential(_ bound: Double) {
    var largest = 0.0
    for index in -100_000...100_000 {
      let x = bound * Double(index) / 100_000
      largest = max(largest, abs(x.portableExponential / exp(x) - 1))
    }
    #expect(largest < 1e-10)
    #expect(0.0.portableExponential == 1)
    // As far below as one likes it stays a tiny positive number.
    #expect((-1e300).portableExponential > 0 && (-1e300).portableExponential < 1e-307)
  }
}
