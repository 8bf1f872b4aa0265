/// Where the numbers of a training step are not finite.
package struct StepDiagnosis: Sendable, Equatable {
  /// What there is to say about many numbers.
  package struct Statistics: Codable, Sendable, Equatable {
    /// How many are infinite or not a number.
    package var nonFinite = 0
    /// The largest magnitude of those that are finite.
    package var largest: Float = 0

    package init() {}

    package init(of numbers: some Sequence<Float>) {
      for number in numbers { add(number) }
    }

    package mutating func add(_ number: Float) {
      if number.isFinite { largest = max(largest, abs(number)) } else { nonFinite += 1 }
    }
  }

  package struct Lane: Sendable, Equatable {
    /// Their numbers within the batch.
    package let episodes: Range<Int>
    package let loss: Float
    package let gradient: Statistics

    package init(episodes: Range<Int>, loss: Float, gradient: Statistics) {
      self.episodes = episodes
      self.loss = loss
      self.gradient = gradient
    }
  }

  /// Empty if the step itself was finite, and only its update was not.
  package let lanes: [Lane]
  /// Of each parameter's gradient, all lanes together; empty as well then.
  package let gradients: [Statistics]
  /// Of each parameter after the step.
  package let parameters: [Statistics]

  package init(lanes: [Lane], gradients: [Statistics], parameters: [Statistics]) {
    self.lanes = lanes
    self.gradients = gradients
    self.parameters = parameters
  }
}
