import Evaluation
import RandomKeys
import Testing

@Suite("Bootstrap intervals")
struct BootstrapTests {
  @Test("The interval of a normal mean has the width that theory gives")
  func width() {
    let values = RandomKey(seed: 3).normals(400)
    let mean = values.reduce(0) { $0 + Double($1) } / 400
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 400
    let (low, high) = Bootstrap().intervals(of: values, width: 1, key: RandomKey(seed: 4))
    // A 90 % interval reaches 1.645 standard errors to either side; with 1000 resamples its ends
    // are known to about 0.07 standard errors, of which 0.3 is four times as much.
    let standardError = (variance / 400).squareRoot()
    #expect(abs((mean - low[0]) / standardError - 1.645) < 0.3)
    #expect(abs((high[0] - mean) / standardError - 1.645) < 0.3)
  }

  @Test("More confidence gives wider intervals, and equal values intervals without width")
  func confidence() {
    let values = RandomKey(seed: 5).normals(60)
    let key = RandomKey(seed: 6)
    let narrow = Bootstrap(resamples: 500, confidence: 0.5).intervals(
      of: values, width: 2, key: key)
    let wide = Bootstrap(resamples: 500, confidence: 0.99).intervals(
      of: values, width: 2, key: key)
    for quantity in 0..<2 {
      #expect(wide.low[quantity] < narrow.low[quantity])
      #expect(narrow.high[quantity] < wide.high[quantity])
    }
    let flat = Bootstrap().intervals(of: [0.5, 0.5, 0.5], width: 1, key: key)
    #expect(flat.low == [0.5] && flat.high == [0.5])
  }

  @Test("Intervals are the quantiles of means over the drawn episodes", arguments: [1, 3, 5])
  func drawnMeans(_ width: Int) {
    let (count, resamples) = (301, 21)
    let values = RandomKey(seed: 7).normals(count * width)
    let key = RandomKey(seed: 8)
    let (low, high) = Bootstrap(resamples: resamples, confidence: 0.9).intervals(
      of: values, width: width, key: key)
    for quantity in 0..<width {
      let means = (0..<resamples).map { resample in
        key.folded(with: resample).integers(count, below: count).reduce(0) {
          $0 + Double(values[Int($1) * width + quantity])
        } / Double(count)
      }.sorted()
      // Of 21 sorted means, numbers 1 and 19; double precision sums in another order.
      #expect(abs(low[quantity] - means[1]) < 1e-12)
      #expect(abs(high[quantity] - means[19]) < 1e-12)
    }
  }

  @Test("Blocks count by their episodes: a mean of sums is not the mean of means")
  func blocks() {
    // Three blocks of the value 1 and one, of nine episodes, of the value 2.
    let sums: [Double] = [1, 1, 1, 1, 1, 1, 18, 9]
    let key = RandomKey(seed: 9)
    let (low, high) = Bootstrap(resamples: 50, confidence: 0.9).intervals(
      ofSums: sums, width: 2, key: key)
    let means = (0..<50).map { resample in
      let drawn = key.folded(with: resample).integers(4, below: 4).map { Int($0) }
      return drawn.reduce(0) { $0 + sums[2 * $1] } / drawn.reduce(0) { $0 + sums[2 * $1 + 1] }
    }.sorted()
    // The quantiles of 50 numbers stand at places 2.45 and 46.55.
    #expect(abs(low[0] - (0.55 * means[2] + 0.45 * means[3])) < 1e-12)
    #expect(abs(high[0] - (0.45 * means[46] + 0.55 * means[47])) < 1e-12)
  }
}
