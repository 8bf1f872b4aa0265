import Episodes
import MetaTraining
import Models

extension Experiment {
  /// Useful floating-point operations of a training step: 6 for each weight of the read-in and the
  /// dense layers and each token that needs it, and 12 for each visible pair of tokens and feature.
  ///
  /// Tokens to which none attends need neither keys nor values. The read-out is left out, as it is
  /// in the figures that others give.
  var operations: Double {
    let (layout, width) = (layout, Double(model.width))
    let tokens = Double(layout.tokenCount)
    let keys = Double(layout.visiblePrefixes.reduce(0, max))
    let pairs = Double(layout.visiblePrefixes.reduce(0, +))
    let dense = (2 * tokens + 2 * keys + 2 * Double(model.expansion) * tokens) * width * width
    let layer = 6 * dense + 12 * width * pairs
    let readIn = 6 * tokens * Double(layout.tokenWidth) * width
    return Double(batchSize) * (Double(model.layers) * layer + readIn)
  }
}
