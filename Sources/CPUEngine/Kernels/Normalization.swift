internal import CLinux
internal import RealModule

// Dimension key
//   R  rows, all axes but the innermost      D  features

enum Normalization {
  /// Rows whose statistics are computed together: what one waits for, another computes.
  private static let groupSize = 16

  /// Layer normalisation of `[R, D]`; keeps mean and inverse standard deviation of each row.
  static func forward<Result: ArrayElement>(
    _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Result>, mean: UnsafeMutablePointer<Float>,
    inverse: UnsafeMutablePointer<Float>, rows: Int, features: Int, epsilon: Float
  ) {
    let share = 1 / Float(features)
    for start in stride(from: 0, to: rows, by: groupSize) {
      let group = start..<min(start + groupSize, rows)
      for row in group { mean[row] = share * sum(x + row * features, features) }
      for row in group { inverse[row] = squares(x + row * features, mean[row], features) }
      for row in group { inverse[row] = 1 / square_root(inverse[row] * share + epsilon) }
      for row in group {
        let (input, output) = (x + row * features, y + row * features)
        let spread = inverse[row]
        let offset = -mean[row] * spread
        for i in 0..<features {
          let normal = Relaxed.multiplyAdd(input[i], spread, offset)
          output[i] = Result(rounding: Relaxed.multiplyAdd(normal, scale[i], shift[i]))
        }
      }
    }
  }

  @inline(__always)
  private static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var sum: Float = 0
    for i in 0..<count { sum = Relaxed.sum(sum, x[i]) }
    return sum
  }

  /// The sum of squared distances to the mean.
  @inline(__always)
  private static func squares(_ x: UnsafePointer<Float>, _ mean: Float, _ count: Int) -> Float {
    var squares: Float = 0
    for i in 0..<count {
      let centred = x[i] - mean
      squares = Relaxed.multiplyAdd(centred, centred, squares)
    }
    return squares
  }

  /// The cotangents of the input and, added to what is there, of scale and shift.
  ///
  /// `addend`, where given, is a further cotangent of the input, `[R, D]`; into `rounded`, where given, the input's
  /// cotangent goes in bfloat16, too.
  static func backward(
    _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, mean: UnsafePointer<Float>,
    inverse: UnsafePointer<Float>, scale: UnsafePointer<Float>, addend: UnsafePointer<Float>?,
    input dx: UnsafeMutablePointer<Float>, rounded: UnsafeMutablePointer<BFloat16>?,
    scaleSum: UnsafeMutablePointer<Float>,
    shiftSum: UnsafeMutablePointer<Float>, rows: Int, features: Int
  ) {
    let share = 1 / Float(features)
    for row in 0..<rows {
      let at = row * features
      let (cotangent, input, result) = (g + at, x + at, dx + at)
      let spread = inverse[row]
      let offset = -mean[row] * spread
      var (average, projection): (Float, Float) = (0, 0)
      for i in 0..<features {
        let normal = Relaxed.multiplyAdd(input[i], spread, offset)
        let h = cotangent[i] * scale[i]
        average = Relaxed.sum(average, h)
        projection = Relaxed.multiplyAdd(h, normal, projection)
      }
      for i in 0..<features {
        let normal = Relaxed.multiplyAdd(input[i], spread, offset)
        scaleSum[i] = Relaxed.multiplyAdd(cotangent[i], normal, scaleSum[i])
        shiftSum[i] += cotangent[i]
      }
      average *= share
      projection *= share
      if let more = addend.map({ $0 + at }) {
        for i in 0..<features {
          let normal = Relaxed.multiplyAdd(input[i], spread, offset)
          let centred = Relaxed.multiplyAdd(normal, -projection, cotangent[i] * scale[i] - average)
          result[i] = Relaxed.multiplyAdd(centred, spread, more[i])
        }
      } else {
        for i in 0..<features {
          let normal = Relaxed.multiplyAdd(input[i], spread, offset)
          let centred = Relaxed.multiplyAdd(normal, -projection, cotangent[i] * scale[i] - average)
          result[i] = centred * spread
        }
      }
      if let copy = rounded.map({ $0 + at }) {
        for i in 0..<features { copy[i] = BFloat16(rounding: result[i]) }
      }
    }
  }
}
