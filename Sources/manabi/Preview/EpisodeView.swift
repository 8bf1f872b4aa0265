import Episodes
import Reporting

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// How episodes of a family are shown to people.
enum EpisodeView: Equatable {
  /// The targets, which may be classes, against the only number of an input.
  case onlyInput
  /// Real targets against the position along the direction of `Σ y x` of each episode.
  case steepestDirection
  /// Real targets against one of the numbers of an input.
  case coordinate(Int)
  /// Classes in the plane of the two numbers of an input.
  case plane
  /// Classes in the plane of the two leading principal directions of each episode.
  case principalPlane
  /// Inputs of two values each, as rows of bits.
  case bits
  /// Tokens in their order.
  case tokens

  /// The view that suits episodes of a family, the same for all of them.
  init(of episodes: [Episode], shape: EpisodeShape) {
    let isBits = shape.inputDimension > 1 && episodes.allSatisfy(Self.hasBits)
    switch shape.target {
    case .tokens: self = .tokens
    case _ where isBits: self = .bits
    case _ where shape.inputDimension == 1: self = .onlyInput
    case .classes: self = shape.inputDimension == 2 ? .plane : .principalPlane
    case .real:
      // The direction of `Σ y x` is never quite at right angles to the targets it is made of; where
      // these are no linear function at all, it explains D/N of their variance in the mean.
      let shares = episodes.map(Self.explainedShare)
      let share = shares.reduce(0, +) / Double(max(1, shares.count))
      let chance = Double(shape.inputDimension) / Double(shape.exampleCount)
      self =
        share > min(0.5, 0.15 + chance)
        ? .steepestDirection : .coordinate(Self.widestCoordinate(of: episodes, shape))
    }
  }

  /// What the axes show.
  var labels: (horizontal: String, vertical: String) {
    switch self {
    case .onlyInput: ("input", "target")
    case .steepestDirection: ("input along the direction of Σ y x", "target")
    case .coordinate(let index): ("number \(index + 1) of the input", "target")
    case .plane: ("first number of the input", "second number of the input")
    case .principalPlane: ("first principal direction", "second principal direction")
    case .bits, .tokens: ("", "")
    }
  }

  /// The examples as points; none where the view is not a plot.
  func points(of episode: Episode) -> [ScatterChart.Point] {
    let shape = episode.shape
    let width = shape.inputDimension
    let classes: [Int?] = episode.targets.map { shape.target.isDiscrete ? Int($0) : nil }
    func points(_ place: (_ example: Int) -> (Double, Double)) -> [ScatterChart.Point] {
      (0..<shape.exampleCount).map { example in
        let (x, y) = place(example)
        return ScatterChart.Point(x: x, y: y, label: classes[example])
      }
    }
    func target(_ example: Int) -> Double { Double(episode.targets[example]) }
    func input(_ example: Int, _ index: Int) -> Double {
      Double(episode.inputs[example * width + index])
    }
    switch self {
    case .onlyInput: return points { (input($0, 0), target($0)) }
    case .coordinate(let index): return points { (input($0, index), target($0)) }
    case .plane: return points { (input($0, 0), input($0, 1)) }
    case .steepestDirection:
      let direction = Self.steepestDirection(of: episode)
      return points { example in
        ((0..<width).reduce(0) { $0 + input(example, $1) * direction[$1] }, target(example))
      }
    case .principalPlane:
      let principal = PrincipalDirections(episode.inputs, dimension: width)
      return points { principal.place(of: episode.inputs[$0 * width..<($0 + 1) * width]) }
    case .bits, .tokens: return []
    }
  }
}

extension EpisodeView {
  /// Whether an episode has inputs of two values, 0 and 1 or -1 and 1.
  private static func hasBits(_ episode: Episode) -> Bool {
    episode.inputs.allSatisfy { $0 == 0 || $0 == 1 }
      || episode.inputs.allSatisfy { $0 == -1 || $0 == 1 }
  }

  /// `Σ y x` with targets about their mean, as a vector `[D]` of length one, or of zeros.
  private static func steepestDirection(of episode: Episode) -> [Double] {
    let width = episode.shape.inputDimension
    let mean = episode.targets.reduce(0) { $0 + Double($1) } / Double(episode.targets.count)
    var sum = [Double](repeating: 0, count: width)
    for (index, coordinate) in episode.inputs.enumerated() {
      sum[index % width] += (Double(episode.targets[index / width]) - mean) * Double(coordinate)
    }
    let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? sum.map { $0 / length } : sum
  }

  /// The share of the variance of an episode's targets that is linear in the position along
  /// ``steepestDirection(of:)``.
  private static func explainedShare(of episode: Episode) -> Double {
    let points = EpisodeView.steepestDirection.points(of: episode)
    let count = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.x } / count
    let meanY = points.reduce(0) { $0 + $1.y } / count
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for point in points {
      xx += (point.x - meanX) * (point.x - meanX)
      xy += (point.x - meanX) * (point.y - meanY)
      yy += (point.y - meanY) * (point.y - meanY)
    }
    return xx * yy > 0 ? xy * xy / (xx * yy) : 0
  }

  /// The number of inputs that varies most, over all episodes; the first of equals.
  private static func widestCoordinate(of episodes: [Episode], _ shape: EpisodeShape) -> Int {
    let width = shape.inputDimension
    var squares = [Double](repeating: 0, count: width)
    var sums = squares
    for episode in episodes {
      for (index, coordinate) in episode.inputs.enumerated() {
        sums[index % width] += Double(coordinate)
        squares[index % width] += Double(coordinate) * Double(coordinate)
      }
    }
    let count = Double(episodes.count * shape.exampleCount)
    let variances = zip(squares, sums).map { $0 - $1 * $1 / count }
    return variances.indices.max { variances[$0] < variances[$1] } ?? 0
  }
}
