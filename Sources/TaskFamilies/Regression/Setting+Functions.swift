import Configuration

// The settings that families of functions have in common.

extension Setting {
  init(dimension path: any WritableKeyPath<Root, Int> & Sendable) {
    self.init("dimension", path, in: 1...1024, "dimension of an input")
  }

  init(exampleCount path: any WritableKeyPath<Root, Int> & Sendable) {
    self.init("exampleCount", path, in: 1...4096, "examples of an episode")
  }

  init(noise path: any WritableKeyPath<Root, Float> & Sendable) {
    self.init("noise", path, in: 0...1000, "standard deviation of the noise on targets")
  }

  init(inputs path: any WritableKeyPath<Root, InputDistribution> & Sendable) {
    self.init("inputs", choice: path, "distribution of every coordinate of an input")
  }

  init(inputScale path: any WritableKeyPath<Root, Float> & Sendable) {
    self.init(
      "inputScale", path, in: 1e-3...1e3,
      "standard deviation of a coordinate, or half its width if it is uniform")
  }
}
