import Configuration
import Episodes
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Random projections")
struct InputProjectionTests {
  /// The matrix that a latent names, `[K, D]`, as its definition says, element by element.
  private static func matrix(_ latent: ArraySlice<Float>, rows: Int, columns: Int) -> [[Float]] {
    let name = latent.reversed().reduce(UInt64(0)) { $0 << 20 | UInt64($1) }
    let key = RandomKey(seed: name).folded(with: 0x7072_6F6A_6563_7473 as UInt64)
    return (0..<columns).map { column in
      let panel = key.folded(with: column / 8 * 8)
        .normals(8 * rows, standardDeviation: 1 / Float(columns).squareRoot())
      return Array(panel[column % 8 * rows..<(column % 8 + 1) * rows])
    }
  }

  @Test(
    "Inputs are those of the family times the task's matrix",
    arguments: [(16, 16, 24), (5, 40, 3), (70, 1, 1), (8, 9, 2), (1, 17, 5)])
  func products(columns: Int, rows: Int, exampleCount: Int) throws {
    let base = LinearRegression {
      $0.dimension = columns
      $0.exampleCount = exampleCount
    }
    let family = try InputProjection(of: base) { $0.inputDimension = rows }.makeFamily()
    for index in 0..<5 {
      let key = RandomKey(seed: 4).folded(with: index)
      let (episode, own) = (family.episode(key), base.episode(key))
      #expect(episode.targets == own.targets)
      #expect(episode.latent.prefix(columns) == own.latent[...])
      let matrix = Self.matrix(episode.latent.suffix(3), rows: rows, columns: columns)
      for example in 0..<exampleCount {
        for row in 0..<rows {
          var (sum, size) = (0.0, 0.0)
          for column in 0..<columns {
            let term = Double(matrix[column][row]) * Double(own.inputs[example * columns + column])
            sum += term
            size += abs(term)
          }
          // A product and a sum for each term, each rounded to 2⁻²⁴ of a partial sum.
          let tolerance = 2 * Double(columns) * 0x1p-24 * size
          #expect(abs(Double(episode.inputs[example * rows + row]) - sum) <= tolerance)
        }
      }
    }
  }

  @Test("A matrix is kept within a task, and its elements have variance 1/K")
  func moments() throws {
    let base = RandomAssociations {
      $0.itemCount = 2
      $0.exampleCount = 8
      $0.order = .cyclic
      $0.inputDimension = 40
    }
    let family = try InputProjection(of: base) { $0.inputDimension = 60 }.makeFamily()
    var (sum, square, count) = (0.0, 0.0, 0)
    for index in 0..<200 {
      let episode = family.episode(RandomKey(seed: 5).folded(with: index))
      // The third example is the first again.
      #expect(episode.inputs[..<120] == episode.inputs[120..<240])
      let input = episode.latent[..<40]
      let scale = input.meanSquare
      for number in episode.inputs[..<60] {
        sum += Double(number) / scale.squareRoot()
        square += Double(number) * Double(number) / scale
        count += 1
      }
    }
    // Independent N(0, 1) given the input; five standard errors of their mean and mean square.
    let (mean, variance) = (sum / Double(count), square / Double(count))
    let standardError = 1 / Double(count).squareRoot()
    #expect(abs(mean) < 5 * standardError)
    #expect(abs(variance - 1) < 5 * 2.0.squareRoot() * standardError)
  }

  @Test("Tokens and too many dimensions are refused")
  func mistakes() {
    for (yaml, path) in [
      (
        "{kind: randomProjection, inputDimension: 0, family: {kind: linearRegression}}",
        "inputDimension"
      ),
      (
        "{kind: randomProjection, inputDimension: 5000, family: {kind: linearRegression}}",
        "inputDimension"
      ),
      ("{kind: randomProjection}", "family"),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        _ = try ConfigurationDocument(yaml: yaml, name: "test.yaml").decode() as FamilyConfiguration
      }
      #expect(error?.path == path)
    }
  }
}
