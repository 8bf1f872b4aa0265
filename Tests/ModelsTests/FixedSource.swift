import ComputeGraph
import Tensors

/// The same batch at every step.
struct FixedSource: BatchSource {
  /// `[B, T, F]`
  let tokens: Tensor
  /// `[B, N, C]`
  let targets: Tensor

  func makeWriter() -> any BatchWriter { Writer(source: self) }

  private final class Writer: BatchWriter {
    private let source: FixedSource

    init(source: FixedSource) { self.source = source }

    func write(
      step: Int, episodes: Range<Int>, tokens: inout MutableSpan<Float>,
      targets: inout MutableSpan<Float>
    ) {
      copy(source.tokens, episodes, into: &tokens)
      copy(source.targets, episodes, into: &targets)
    }

    private func copy(
      _ tensor: Tensor, _ episodes: Range<Int>, into span: inout MutableSpan<Float>
    ) {
      let size = tensor.shape.count / tensor.shape[0]
      for i in span.indices { span[i] = tensor.elements[episodes.lowerBound * size + i] }
    }
  }
}
