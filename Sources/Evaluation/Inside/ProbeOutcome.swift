// Dimension key
//   C  numbers of all quantities together

/// What the best probe of each quantity leaves of the scored episodes.
struct ProbeOutcome: Sendable {
  private let columns: ProbeColumns
  private let division: ProbeDivision
  /// The quantities of the choosing and the scored episodes, `[others, C]`.
  private let truth: [Double]
  /// Of the fitted episodes, `[C]`.
  private let means: [Double]
  /// For each quantity and each scored episode: the squared error of the probe, and that of the mean of
  /// the fitted episodes, `[scored, 2]`.
  private(set) var squares: [[Float]]
  /// For each quantity, the squared error of the best probe on the choosing episodes.
  private var least: [Double]

  /// Nothing yet.
  init(_ columns: ProbeColumns, _ division: ProbeDivision) {
    self.columns = columns
    self.division = division
    truth = columns.rows(division.others)
    means = columns.rows(division.fitted).means(width: columns.width)
    squares = columns.quantities.map { _ in [] }
    least = columns.quantities.map { _ in .infinity }
  }

  /// Takes in the predictions of one more probe, and keeps them for those quantities of which it is the
  /// best so far on the choosing episodes.
  ///
  /// - Parameter predictions: for the choosing and the scored episodes, `[others, C]`.
  mutating func offer(_ predictions: [Double]) {
    let width = columns.width
    let chosen = division.choosing.count
    for (index, quantity) in columns.quantities.enumerated() {
      func square(_ row: Int, _ value: (_ column: Int) -> Double) -> Double {
        quantity.columns.reduce(0) { sum, column in
          let error = value(column) - truth[row * width + column]
          return sum + error * error
        }
      }
      func error(_ row: Int) -> Double { square(row) { predictions[row * width + $0] } }
      let sum = (0..<chosen).reduce(0) { $0 + error($1) }
      guard sum < least[index] else { continue }
      least[index] = sum
      squares[index] = (chosen..<division.others.count).flatMap { row in
        [Float(error(row)), Float(square(row) { means[$0] })]
      }
    }
  }
}
