internal import CLinux
internal import ComputeGraph
internal import RealModule

enum Update {
  /// What a slice of the gradient adds to the numbers of a step.
  struct SliceSum {
    /// The sum of squares.
    var squares = 0.0
    /// The sum of the bits, and the sum of the bits by odd weights: both change with any one bit.
    var bits: (plain: UInt32, weighted: UInt32) = (0, 0)
  }

  /// Adds lanes by a fixed binary tree into the first, over elements `range`.
  static func reduce(_ lanes: [AlignedBuffer], over range: Range<Int>) -> SliceSum {
    let count = range.count
    var distance = 1
    while distance < lanes.count {
      for lane in stride(from: 0, to: lanes.count - distance, by: 2 * distance) {
        let target = lanes[lane].pointer + range.lowerBound
        let source = lanes[lane + distance].pointer + range.lowerBound
        for i in 0..<count { target[i] += source[i] }
      }
      distance *= 2
    }
    let sum = lanes[0].pointer + range.lowerBound
    // In double precision, so that the norm does not depend on how a build orders the sum.
    var squares = 0.0
    for i in 0..<count {
      let element = Double(sum[i])
      squares = Relaxed.multiplyAdd(element, element, squares)
    }
    var (plain, weighted) = (UInt32(0), UInt32(0))
    for i in 0..<count {
      let bits = sum[i].bitPattern
      plain &+= bits
      weighted &+= bits &* (UInt32(truncatingIfNeeded: i) &* 0x9E37_79BA | 1)
    }
    return SliceSum(squares: squares, bits: (plain, weighted))
  }

  /// One step of AdamW, with the gradient scaled by `factor`.
  ///
  /// - Returns: whether parameters and moments are finite afterwards.
  static func adamW(
    _ rule: AdamWRule, _ schedule: UpdateSchedule, factor: Float,
    parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int
  ) -> Bool {
    let (keepFirst, keepSecond) = (rule.firstDecay, rule.secondDecay)
    let (takeFirst, takeSecond) = (1 - keepFirst, 1 - keepSecond)
    let magnitude = ~(-Float.zero).bitPattern
    let (rate, decay, epsilon) = (schedule.learningRate, rule.weightDecay, rule.epsilon)
    // Of bits without the sign: those of infinity are above those of any finite number.
    var largest: UInt32 = 0
    for i in 0..<count {
      let g = gradient[i] * factor
      let m = Relaxed.multiplyAdd(takeFirst, g, keepFirst * first[i])
      let v = Relaxed.multiplyAdd(takeSecond * g, g, keepSecond * second[i])
      let root = square_root(v * schedule.secondCorrection) + epsilon
      let direction = m * schedule.firstCorrection / root
      first[i] = m
      second[i] = v
      let parameter = parameters[i] - rate * Relaxed.multiplyAdd(decay, parameters[i], direction)
      parameters[i] = parameter
      largest = max(
        max(largest, parameter.bitPattern & magnitude),
        max(m.bitPattern & magnitude, v.bitPattern & magnitude))
    }
    return largest < Float.infinity.bitPattern
  }
}
