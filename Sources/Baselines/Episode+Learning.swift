import Episodes

extension Episode {
  /// `[N, D]`, in double precision.
  var realInputs: [Double] {
    precondition(!shape.target.isSequence, "The number of a token is no feature.")
    return inputs.map { Double($0) }
  }

  /// The token of a sequence that comes at a place: the input there.
  func token(at place: Int) -> Int {
    precondition(shape.target.isSequence, "A learner of sequences needs tokens.")
    return Int(inputs[place])
  }

  /// The target of an example of a regression.
  func realTarget(of example: Int) -> Double {
    precondition(shape.target == .real, "A regression needs real targets.")
    return Double(targets[example])
  }

  /// The class of an example of a classification, or the token that follows in a sequence.
  func label(of example: Int) -> Int { Int(targets[example]) }

  /// `C`, the number of classes or tokens.
  var classCount: Int {
    precondition(shape.target.isDiscrete, "A classifier needs classes or tokens as targets.")
    return shape.target.width
  }
}
