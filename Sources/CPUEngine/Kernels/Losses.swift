internal import RealModule

#if canImport(Glibc)
  internal import Glibc
#endif

enum Losses {
  /// `scale · Σ (prediction − target)²`, and its derivative where `slope` is given.
  static func squaredError(
    _ prediction: UnsafePointer<Float>, _ target: UnsafePointer<Float>, scale: Float,
    slope: UnsafeMutablePointer<Float>?, count: Int
  ) -> Float {
    var sum: Float = 0
    for i in 0..<count {
      let difference = prediction[i] - target[i]
      sum = Relaxed.multiplyAdd(difference, difference, sum)
    }
    if let slope {
      let factor = 2 * scale
      for i in 0..<count { slope[i] = factor * (prediction[i] - target[i]) }
    }
    return scale * sum
  }

  /// `−scale · Σ target · log softmax(logits)` over `[rows, classes]`, and its derivative where
  /// `slope` is given.
  static func crossEntropy(
    _ logits: UnsafePointer<Float>, _ target: UnsafePointer<Float>, scale: Float,
    slope: UnsafeMutablePointer<Float>?, rows: Int, classes: Int
  ) -> Float {
    var loss: Float = 0
    for row in 0..<rows {
      let (z, t) = (logits + row * classes, target + row * classes)
      var largest = -Float.infinity
      for i in 0..<classes where z[i] > largest { largest = z[i] }
      var (total, mass): (Float, Float) = (0, 0)
      for i in 0..<classes {
        total += fastExponential(z[i] - largest)
        mass += t[i]
      }
      let normalizer = largest + logf(total)
      for i in 0..<classes where t[i] != 0 { loss += t[i] * (normalizer - z[i]) }
      guard let slope else { continue }
      let share = mass / total
      for i in 0..<classes {
        slope[row * classes + i] = scale * (fastExponential(z[i] - largest) * share - t[i])
      }
    }
    return scale * loss
  }
}
