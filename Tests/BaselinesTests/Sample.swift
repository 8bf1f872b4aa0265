/// A sample mean with its standard error.
struct Sample {
  let mean: Double
  let standardError: Double

  init(_ numbers: [Double]) {
    let count = Double(numbers.count)
    let mean = numbers.reduce(0, +) / count
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    self.mean = mean
    standardError = (variance / count).squareRoot()
  }
}
