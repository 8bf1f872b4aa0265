extension Reproduction {
  /// In the order of their numbers.
  package static let all = [
    oracles, oneStep, construction, twoSteps, preconditioned, phaseChange, regression, garg,
    taskDiversity, gaussianClasses, phaseDiagram, images, plateau, ginc,
  ]
}
