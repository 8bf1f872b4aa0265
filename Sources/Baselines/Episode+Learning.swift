import Episodes

extension Episode {
  /// `[N, D]`, in double precision.
  var realInputs: [Double] { inputs.map { Double($0) } }

  /// The target of an example of a regression.
  func realTarget(of example: Int) -> Double {
    precondition(shape.target == .real, "A regression needs real targets.")
    return Double(targets[example])
  }

  /// The class of an example of a classification.
  func label(of example: Int) -> Int { Int(targets[example]) }

  /// `C`, the number of classes.
  var classCount: Int {
    guard case .classes(let count) = shape.target else {
      preconditionFailure("A classifier needs classes as targets.")
    }
    return count
  }
}
