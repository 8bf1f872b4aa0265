package import Tensors

/// How far an array of single-precision numbers is from the truth.
package struct Agreement: Sendable, CustomStringConvertible {
  /// The largest distance between elements.
  package let distance: Double
  /// The size of numbers to which the distance compares.
  package let magnitude: Double

  /// Compares elements of arrays of one shape; `magnitude` is the largest number on the way to the
  /// result.
  package init(_ tensor: Tensor, _ reference: ReferenceArray, magnitude: Double = 0) {
    precondition(tensor.shape == reference.shape, "Arrays of one shape are compared.")
    distance = zip(tensor.elements, reference.elements).reduce(0) { largest, pair in
      let distance = abs(Double(pair.0) - pair.1)
      return distance.isNaN ? .infinity : max(largest, distance)
    }
    self.magnitude = max(magnitude, reference.magnitude, .leastNormalMagnitude)
  }

  package var relativeDistance: Double { distance / magnitude }

  package var description: String { "off by \(distance) at magnitude \(magnitude)" }
}
