internal import CLinux
internal import ComputeGraph
internal import RealModule

enum Update {
  /// Adds lanes by a fixed binary tree into the first, over elements `range`.
  ///
  /// - Returns: the sum of squares of the result.
  static func reduce(_ lanes: [AlignedBuffer], over range: Range<Int>) -> Double {
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
    return squares
  }

  /// One step of AdamW, with the gradient scaled by `factor`.
  static func adamW(
    _ rule: AdamWRule, _ schedule: UpdateSchedule, factor: Float,
    parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int
  ) {
    let (keepFirst, keepSecond) = (rule.firstDecay, rule.secondDecay)
    let (takeFirst, takeSecond) = (1 - keepFirst, 1 - keepSecond)
    let (rate, decay, epsilon) = (schedule.learningRate, rule.weightDecay, rule.epsilon)
    for i in 0..<count {
      let g = gradient[i] * factor
      let m = Relaxed.multiplyAdd(takeFirst, g, keepFirst * first[i])
      let v = Relaxed.multiplyAdd(takeSecond * g, g, keepSecond * second[i])
      let root = square_root(v * schedule.secondCorrection) + epsilon
      let direction = m * schedule.firstCorrection / root
      first[i] = m
      second[i] = v
      parameters[i] -= rate * Relaxed.multiplyAdd(decay, parameters[i], direction)
    }
  }
}
