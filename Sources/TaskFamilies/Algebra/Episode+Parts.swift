import Episodes

extension Episode {
  /// Copies inputs and targets from a part of the same extents.
  mutating func copyExamples(from part: Int) {
    let (partInputs, partTargets) = (parts[part].inputs, parts[part].targets)
    var inputSpan = inputs.mutableSpan
    inputSpan.copy(partInputs.span)
    var targetSpan = targets.mutableSpan
    targetSpan.copy(partTargets.span)
  }

  /// Copies inputs and targets to a part of the same extents.
  mutating func copyExamples(to part: Int) {
    let (ownInputs, ownTargets) = (inputs, targets)
    var inputSpan = parts[part].inputs.mutableSpan
    inputSpan.copy(ownInputs.span)
    var targetSpan = parts[part].targets.mutableSpan
    targetSpan.copy(ownTargets.span)
  }
}

extension MutableSpan<Float> {
  /// Copies all of `source`, to the elements from `first` on.
  mutating func copy(_ source: Span<Float>, to first: Int = 0) {
    precondition(first >= 0 && first + source.count <= count, "What is copied fits.")
    for i in 0..<source.count { self[unchecked: first &+ i] = source[unchecked: i] }
  }
}
