internal import ComputeGraph
internal import RealModule

// Dimension key
//   Q  queries      T  keys

/// Turns rows of scores into rows of attention weights, and back for their cotangents.
struct AttentionWeights: Sendable {
  let rule: AttentionRule

  /// In place, for `matrices` matrices `[Q, T]`; hidden keys get weight zero.
  func forward(_ scores: UnsafeMutablePointer<Float>, matrices: Int) {
    let visibility = rule.visibility
    visibility.prefixes.withUnsafeBufferPointer { prefixes in
      for matrix in 0..<matrices {
        for query in prefixes.indices {
          let row = scores + (matrix * prefixes.count + query) * visibility.keyCount
          switch rule.scoring {
          case .softmax: softmax(row, prefixes[query], visibility.keyCount)
          case .linear: mask(row, prefixes[query], visibility.keyCount, rule.scale)
          }
        }
      }
    }
  }

  /// Replaces the cotangents of weights by those of the unscaled scores `q · k`.
  func backward(
    _ cotangents: UnsafeMutablePointer<Float>, weights: UnsafePointer<Float>, matrices: Int
  ) {
    let visibility = rule.visibility
    visibility.prefixes.withUnsafeBufferPointer { prefixes in
      for matrix in 0..<matrices {
        for query in prefixes.indices {
          let at = (matrix * prefixes.count + query) * visibility.keyCount
          switch rule.scoring {
          case .softmax: softmaxGradient(cotangents + at, weights + at, visibility.keyCount)
          case .linear: mask(cotangents + at, prefixes[query], visibility.keyCount, rule.scale)
          }
        }
      }
    }
  }

  private func softmax(
    _ row: UnsafeMutablePointer<Float>, _ prefix: Int, _ keys: Int
  ) {
    let scale = rule.scale
    var largest = -Float.infinity
    for key in 0..<prefix { largest = Float.maximumRelaxed(largest, row[key]) }
    let shift = -largest * scale
    var total: Float = 0
    for key in 0..<prefix {
      let weight = fastExponential(Relaxed.multiplyAdd(row[key], scale, shift))
      row[key] = weight
      total = Relaxed.sum(total, weight)
    }
    let normalizer = total > 0 ? 1 / total : 0
    for key in 0..<prefix { row[key] *= normalizer }
    for key in prefix..<keys { row[key] = 0 }
  }

  private func softmaxGradient(
    _ cotangent: UnsafeMutablePointer<Float>, _ weight: UnsafePointer<Float>, _ keys: Int
  ) {
    var projection: Float = 0
    for key in 0..<keys {
      projection = Relaxed.multiplyAdd(cotangent[key], weight[key], projection)
    }
    let scale = rule.scale
    for key in 0..<keys { cotangent[key] = weight[key] * (cotangent[key] - projection) * scale }
  }

  private func mask(
    _ row: UnsafeMutablePointer<Float>, _ prefix: Int, _ keys: Int, _ scale: Float
  ) {
    for key in 0..<prefix { row[key] *= scale }
    for key in prefix..<keys { row[key] = 0 }
  }
}

extension Float {
  /// The larger number; unlike `max` it says nothing about NaN, so it is one instruction.
  @inline(__always)
  static func maximumRelaxed(_ a: Float, _ b: Float) -> Float { a > b ? a : b }
}
