internal import RealModule

// Dimension key
//   R  rows, all axes but the innermost      D  features

enum Normalization {
  /// Layer normalisation of `[R, D]`; keeps mean and inverse standard deviation of each row.
  static func forward<Result: ArrayElement>(
    _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Result>, mean: UnsafeMutablePointer<Float>,
    inverse: UnsafeMutablePointer<Float>, rows: Int, features: Int, epsilon: Float
  ) {
    let share = 1 / Float(features)
    for row in 0..<rows {
      let (input, output) = (x + row * features, y + row * features)
      var sum: Float = 0
      for i in 0..<features { sum = Relaxed.sum(sum, input[i]) }
      let average = sum * share
      var squares: Float = 0
      for i in 0..<features {
        let centred = input[i] - average
        squares = Relaxed.multiplyAdd(centred, centred, squares)
      }
      let spread = 1 / (squares * share + epsilon).squareRoot()
      let offset = -average * spread
      for i in 0..<features {
        let normal = Relaxed.multiplyAdd(input[i], spread, offset)
        output[i] = Result(rounding: Relaxed.multiplyAdd(normal, scale[i], shift[i]))
      }
      mean[row] = average
      inverse[row] = spread
    }
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
