import CPUEngine
import ComputeGraph
import Episodes
import Models
import RandomKeys
import TaskFamilies
import Testing

@Suite("Activations of constructed weights")
struct DescentActivationTests {
  @Test("Behind each layer of gradient descent, targets of tokens are residuals of its steps")
  func residuals() throws {
    let (dimension, count, rate) = (5, 9, 0.4)
    let family = LinearRegression {
      $0.dimension = dimension; $0.exampleCount = count + 1
    }
    let layout = PromptFormat.query.layout(for: family.episodeShape)
    let weights = LinearAttentionWeights.gradientDescent(
      inputDimension: dimension, learningRates: [rate, rate, rate])
    var settings = LinearSelfAttentionSettings()
    settings.layers = 3
    let model = LinearSelfAttention(settings, layout: layout)
    let session = try CPUEngine(workers: 1).compile(
      model.activationProgram(of: (0...3).map { .stream(afterLayers: $0) }),
      parameters: weights.parameters)
    let episode = family.episode(RandomKey(seed: 3))
    let streams = try session.run([layout.tokens(of: [episode])])
    let inputs = episode.inputs.map(Double.init)
    var solution = [Double](repeating: 0, count: dimension)
    for (step, stream) in streams.enumerated() {
      func prediction(_ example: Int) -> Double {
        (0..<dimension).reduce(0) { $0 + solution[$1] * inputs[example * dimension + $1] }
      }
      let residuals = (0..<count).map { Double(episode.targets[$0]) - prediction($0) }
      let rows = step < 3 ? count + 1 : 1
      #expect(stream.count == rows * (dimension + 1))
      let entries = (0..<rows).map { Double(stream[$0 * (dimension + 1) + dimension]) }
      let expected = (step < 3 ? residuals : []) + [-prediction(count)]
      // Single precision, in numbers of size ten.
      for (entry, other) in zip(entries, expected) { #expect(abs(entry - other) < 2e-5) }
      for i in 0..<dimension {
        solution[i] +=
          rate / Double(count)
          * (0..<count).reduce(0) { $0 + residuals[$1] * inputs[$1 * dimension + i] }
      }
    }
  }
}
