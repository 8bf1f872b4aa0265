extension Reproduction {
  /// In the order of their numbers.
  package static let all = [
    oracles, oneStep, construction, twoSteps, preconditioned, phaseChange, regression,
    taskDiversity, gaussianClasses, phaseDiagram, plateau,
  ]
}
