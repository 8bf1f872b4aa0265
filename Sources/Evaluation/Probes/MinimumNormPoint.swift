// Dimension key
//   L  points

/// The point of smallest norm in the convex hull of some points, which are known by their products with
/// each other alone.
///
/// With the differences between the predictions of learners and those of a model as the points, its
/// weights are those of the blend of learners that comes nearest to the model. The method ends after
/// finitely many steps at the optimum, also where points coincide.
///
/// Source: Wolfe 1976, "Finding the nearest point in a polytope",
/// <https://doi.org/10.1007/BF01580381>.
package struct MinimumNormPoint {
  /// Not negative, with sum 1, `[L]`.
  package let weights: [Double]
  /// The square of the norm of the point.
  package let squaredNorm: Double

  /// By this share of the largest squared norm a point has to promise an improvement, and to lie off
  /// the others: far above rounding, far below what is worth a weight.
  private static let tolerance = 1e-12

  /// - Parameters:
  ///   - products: of the points with each other, symmetric, `[L, L]`.
  ///   - count: `L`, at least 1.
  /// - Complexity: O(L³) for each of some `L` steps, in practice.
  package init(products: [Double], count: Int) {
    precondition(count > 0 && products.count == count * count, "A product for each pair of points.")
    let squares = (0..<count).map { products[$0 * count + $0] }
    let scale = squares.reduce(0, max)
    var weights = [Double](repeating: 0, count: count)
    var corral = [squares.indices.reduce(0) { squares[$1] < squares[$0] ? $1 : $0 }]
    weights[corral[0]] = 1
    var rejected: Set<Int> = []
    while scale > 0 {
      let heights = (0..<count).map { row in
        corral.reduce(0) { $0 + weights[$1] * products[row * count + $1] }
      }
      let norm = corral.reduce(0) { $0 + weights[$1] * heights[$1] }
      let candidates = (0..<count).filter { !corral.contains($0) && !rejected.contains($0) }
      guard let next = candidates.min(by: { heights[$0] < heights[$1] }),
        heights[next] < norm - Self.tolerance * scale
      else { break }
      guard let shrunk = Self.step(weights, corral + [next], products, count, scale),
        Self.squaredNorm(of: shrunk, products, count) < norm
      else {
        // It depends on the points of the corral, or all that it promises is rounding.
        rejected.insert(next)
        continue
      }
      weights = shrunk
      corral = (0..<count).filter { weights[$0] > 0 }
      rejected = []
    }
    self.weights = weights
    squaredNorm = Self.squaredNorm(of: weights, products, count)
  }

  /// Goes to the nearest point of the affine hull of the corral, and drops points of the corral until
  /// that lies within its convex hull.
  ///
  /// - Returns: nil if the points of the corral depend on each other.
  private static func step(
    _ start: [Double], _ corral: [Int], _ products: [Double], _ count: Int, _ scale: Double
  ) -> [Double]? {
    var (weights, corral) = (start, corral)
    var isFirst = true
    while true {
      guard let affine = affineWeights(corral, products, count, scale) else {
        return isFirst ? nil : weights
      }
      isFirst = false
      // How far towards them no weight becomes negative.
      var share = 1.0
      for (index, point) in corral.enumerated() where affine[index] <= 0 {
        let way = weights[point] - affine[index]
        share = min(share, way > 0 ? weights[point] / way : 0)
      }
      for (index, point) in corral.enumerated() {
        weights[point] += share * (affine[index] - weights[point])
      }
      guard share < 1 else { return weights }
      let dropped = corral.filter { weights[$0] <= 1e-14 }
      for point in dropped { weights[point] = 0 }
      let total = weights.reduce(0, +)
      for point in weights.indices { weights[point] /= total }
      corral.removeAll { weights[$0] == 0 }
      guard !dropped.isEmpty, corral.count > 1 else { return weights }
    }
  }

  /// The weights, of any sign with sum 1, of the point of smallest norm in the affine hull of the
  /// corral: those of `(P + c) u = 1` for the products `P` and any `c > 0`, divided by their sum.
  private static func affineWeights(
    _ corral: [Int], _ products: [Double], _ count: Int, _ scale: Double
  ) -> [Double]? {
    let size = corral.count
    var factor = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0...row {
        var sum = products[corral[row] * count + corral[column]] + scale
        for i in 0..<column { sum -= factor[row * size + i] * factor[column * size + i] }
        if column < row {
          factor[row * size + column] = sum / factor[column * size + column]
        } else {
          guard sum > tolerance * scale else { return nil }
          factor[row * size + row] = sum.squareRoot()
        }
      }
    }
    var solution = [Double](repeating: 1, count: size)
    for row in 0..<size {
      for i in 0..<row { solution[row] -= factor[row * size + i] * solution[i] }
      solution[row] /= factor[row * size + row]
    }
    for row in (0..<size).reversed() {
      for i in row + 1..<max(row + 1, size) {
        solution[row] -= factor[i * size + row] * solution[i]
      }
      solution[row] /= factor[row * size + row]
    }
    let total = solution.reduce(0, +)
    return solution.map { $0 / total }
  }

  private static func squaredNorm(
    of weights: [Double], _ products: [Double], _ count: Int
  ) -> Double {
    var square = 0.0
    for row in 0..<count where weights[row] > 0 {
      for column in 0..<count where weights[column] > 0 {
        square += weights[row] * weights[column] * products[row * count + column]
      }
    }
    return max(0, square)
  }
}
