import Episodes
import RandomKeys

// Dimension key
//   E  episodes      C  numbers of all quantities together

/// The quantities that probes look for at one place, side by side.
struct ProbeColumns: Sendable {
  /// Where each quantity stands among the columns.
  private(set) var quantities: [(quantity: ProbeQuantity, columns: Range<Int>)] = []
  /// `[E, C]`
  private(set) var values: [Double] = []
  /// `E`
  let count: Int
  /// `C`
  var width: Int { quantities.last?.columns.upperBound ?? 0 }

  /// What varies less than by this share of its size, or residuals of the size of the targets, is
  /// rounding: nothing to look for.
  private static let leastVariation = 1e-9

  /// - Throws: what the estimator throws.
  init(_ known: ProbeQuantities, at site: ProbeSite) throws {
    count = known.episodes.count
    var parts: [[Double]] = []
    for quantity in ProbeQuantity.allCases {
      guard let part = try known.values(of: quantity, at: site),
        Self.varies(part, of: quantity, in: known)
      else { continue }
      let start = width
      quantities.append((quantity, start..<start + part.count / count))
      parts.append(part)
    }
    values = (0..<count).flatMap { episode in
      parts.flatMap { part in
        let size = part.count / count
        return part[episode * size..<(episode + 1) * size]
      }
    }
  }

  private static func varies(
    _ values: [Double], of quantity: ProbeQuantity, in known: ProbeQuantities
  ) -> Bool {
    let width = values.count / known.episodes.count
    let means = values.means(width: width)
    var (variance, square) = (0.0, 0.0)
    for (index, value) in values.enumerated() {
      let deviation = value - means[index % width]
      variance += deviation * deviation / Double(values.count)
      square += value * value / Double(values.count)
    }
    if quantity == .residual {
      let targets = known.episodes.flatMap(\.targets)
      square = targets.reduce(0) { $0 + Double($1) * Double($1) } / Double(targets.count)
    }
    return variance > leastVariation * square
  }

  /// The control task: every episode gets the quantities of another one, so that nothing of them is to
  /// be found in its activations.
  ///
  /// - Parameter key: names the permutation.
  func permuted(_ key: RandomKey) -> ProbeColumns {
    var control = self
    control.values = key.permutation(count).flatMap { episode in
      values[Int(episode) * width..<(Int(episode) + 1) * width]
    }
    return control
  }

  /// The rows of some episodes, `[range, C]`.
  func rows(_ range: Range<Int>) -> [Double] {
    Array(values[range.lowerBound * width..<range.upperBound * width])
  }
}
