import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import Testing

/// Targets are computed again, in double precision and by the formula of the documentation.
@Suite("Families of functions: definitions")
struct FunctionDefinitionTests {
  let key = RandomKey(seed: 51)

  /// Checks the targets of fifty episodes against a function of the latent and an input.
  ///
  /// - Parameter tolerance: of a target of mean square `scale²`, in units of `scale`.
  func check(
    _ family: some FunctionFamily, scale: Double = 1, tolerance: Double,
    _ value: (_ latent: [Double], _ input: [Double]) -> Double
  ) {
    let dimension = family.episodeShape.inputDimension
    for episode in family.episodes(50, key: key) {
      let latent = episode.latent.map(Double.init)
      for example in 0..<family.episodeShape.exampleCount {
        let input = episode.inputs[example * dimension..<(example + 1) * dimension]
        let expected = value(latent, input.map(Double.init))
        #expect(abs(Double(episode.targets[example]) - expected) < tolerance * scale)
      }
    }
  }

  @Test("A sparse target is the weighted sum of its input, with few weights")
  func sparse() {
    let family = SparseLinearRegression { $0.activeDimension = 7 }
    // Rounding of a sum in double precision to single: 2⁻²⁴ of at most some times its scale.
    check(family, scale: 3.0.squareRoot(), tolerance: 1e-6) { latent, input in
      zip(latent, input).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var counts = [Int](repeating: 0, count: 20)
    let count = 7000
    for episode in family.episodes(count, key: key) {
      #expect(episode.latent.count { $0 != 0 } == 3)
      for (place, weight) in episode.latent.enumerated() where weight != 0 { counts[place] += 1 }
    }
    // 3000 expected of each of seven; standard error √(7000 · 3/7 · 4/7) = 41; four of them.
    for number in counts[..<7] { #expect(abs(number - 3000) < 166) }
    #expect(counts[7...].allSatisfy { $0 == 0 })
  }

  @Test("A quadratic target is the weighted sum of the squares over √3")
  func quadratic() {
    check(QuadraticRegression(), scale: 10.0.squareRoot(), tolerance: 1e-6) { latent, input in
      zip(latent, input).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / 3.0.squareRoot()
    }
  }

  @Test("A target of monomials is the weighted sum of products of two coordinates")
  func monomials() {
    let family = MonomialRegression {
      $0.dimension = 5; $0.monomialCount = 4
    }
    // A sum of four products in single precision: some 2⁻²⁴ of each.
    check(family, tolerance: 1e-5) { latent, input in
      var sum = 0.0
      var monomial = 0
      for i in 0..<5 {
        for j in i..<5 {
          sum += latent[monomial] * input[i] * input[j]
          monomial += 1
        }
      }
      return sum / 2
    }
    for episode in family.episodes(50, key: key) {
      #expect(episode.latent.count == 15 && episode.latent.count { $0 != 0 } == 4)
    }
  }

  @Test("A sinusoid is the wave of its amplitude and phase")
  func sinusoid() {
    // Rounding of a target to single precision and of the latent, 2⁻²⁴ of 5 each.
    check(Sinusoid(), scale: 5, tolerance: 1e-6) { latent, input in
      let amplitude = hypot(latent[0], latent[1])
      return amplitude * sin(input[0] + atan2(latent[1], latent[0]))
    }
    for episode in Sinusoid().episodes(2000, key: key) {
      let amplitude = hypot(episode.latent[0], episode.latent[1])
      #expect(amplitude > 0.0999 && amplitude < 5.0001 && episode.latent[1] >= 0)
    }
  }

  @Test("A Fourier series is the sum of its waves over √K")
  func fourier() {
    let family = FourierSeries {
      $0.halfPeriod = 3; $0.frequencyCount = 7; $0.exampleCount = 21
    }
    check(family, tolerance: 2e-6) { latent, input in
      (1...7).reduce(latent[0]) { sum, frequency in
        let angle = Double(frequency) * .pi * input[0] / 3
        return sum + latent[frequency] * cos(angle) + latent[7 + frequency] * sin(angle)
      } / 7.0.squareRoot()
    }
  }

  @Test("A network is the weighted sum of its rectified units", arguments: [1, 16, 37])
  func network(_ hiddenCount: Int) {
    let family = ReLUNetwork {
      $0.dimension = 6; $0.hiddenCount = hiddenCount; $0.exampleCount = 9
    }
    // Sums in single precision of some tens of numbers.
    check(family, scale: 6.0.squareRoot(), tolerance: 1e-5) { latent, input in
      let units = (0..<hiddenCount).map { unit in
        (0..<6).reduce(0) { $0 + latent[$1 * hiddenCount + unit] * input[$1] }
      }
      let outer = latent[(6 * hiddenCount)...]
      return (2 / Double(hiddenCount)).squareRoot()
        * zip(outer, units).reduce(0) { $0 + $1.0 * max(0, $1.1) }
    }
  }

  @Test("A tree leads to the leaf of the signs at its nodes", arguments: [1, 4])
  func tree(_ depth: Int) {
    let family = DecisionTree {
      $0.treeDepth = depth; $0.dimension = 6; $0.exampleCount = 33
    }
    let nodeCount = 1 << depth - 1
    check(family, tolerance: 1e-12) { latent, input in
      var place = 0
      for level in 0..<depth {
        let node = 1 << level - 1 + place
        place = 2 * place + (input[Int(latent[node])] > 0 ? 1 : 0)
      }
      return latent[nodeCount + place]
    }
    var counts = [Int](repeating: 0, count: 6)
    for episode in family.episodes(6000, key: key) { counts[Int(episode.latent[0])] += 1 }
    // 1000 expected of each; standard error √(6000 · 1/6 · 5/6) = 29; four of them.
    for number in counts { #expect(abs(number - 1000) < 116) }
  }

  @Test("A process has values `L z` with the factor of its covariance")
  func process() {
    let family = GaussianProcess {
      $0.dimension = 2; $0.exampleCount = 12; $0.lengthScale = 0.7; $0.amplitude = 2;
      $0.inputScale = 2
    }
    for episode in family.episodes(50, key: key) {
      let inputs = episode.inputs.map(Double.init)
      var factor = [[Double]](repeating: [], count: 12)
      for row in 0..<12 {
        var value = 0.0
        for column in 0...row {
          let square = (0..<2).reduce(0) {
            $0 + pow(inputs[row * 2 + $1] - inputs[column * 2 + $1], 2)
          }
          let covariance = 4 * exp(-square / (2 * 0.49)) + (row == column ? 4e-6 : 0)
          let rest = (0..<column).reduce(covariance) { $0 - factor[row][$1] * factor[column][$1] }
          factor[row].append(row == column ? rest.squareRoot() : rest / factor[column][column])
          value += factor[row][column] * Double(episode.latent[column])
        }
        // Entries are kept in single precision; the least pivots, √(4·10⁻⁶), magnify that.
        #expect(abs(Double(episode.targets[row]) - value) < 2e-3)
      }
    }
  }
}
