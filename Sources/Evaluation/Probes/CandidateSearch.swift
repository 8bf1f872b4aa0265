import Baselines
import Episodes
import TaskFamilies

// Dimension key
//   E  episodes      K  context lengths

/// The learners that a model is compared with, and the search for those of their constants that the
/// tasks do not state.
///
/// Two values of each constant are candidates, both found on episodes of their own: the one with which
/// the learner errs least, as von Oswald et al. 2022, section 3, <https://arxiv.org/abs/2212.07677>,
/// choose learning rates, and the one with which it comes nearest to the model.
struct CandidateSearch {
  private let tuning: ProbeEpisodes
  private let contexts: SpectralContexts?
  /// The learners whose constants the tasks state.
  let stated: [CandidateAlgorithm]
  /// With the constants of least error.
  private let best: [SpectralFit.Form: SpectralFilter]
  private let bestOnlineRate: Double?

  private static let stepCounts = [1, 2, 3, 5, 10]
  private static let transformedStepCounts = [2, 3, 5]

  /// - Parameters:
  ///   - tasks: what the model was trained for.
  ///   - tuning: episodes of these tasks that are not used otherwise.
  init(tasks: IdentificationTasks, tuning: ProbeEpisodes) throws {
    self.tuning = tuning
    let shape = tuning.shape
    stated = Self.stated(tasks, shape)
    guard !shape.target.isSequence else {
      (contexts, best, bestOnlineRate) = (nil, [:], nil)
      return
    }
    let targets = PredictionVectors(
      targetsOf: tuning.episodes, contextLengths: tuning.contextLengths)
    bestOnlineRate = try Self.onlineRate(tuning, targets)
    guard shape.target == .real else {
      (contexts, best) = (nil, [:])
      return
    }
    let contexts = SpectralContexts(
      of: tuning.episodes, contextLengths: tuning.contextLengths)
    self.contexts = contexts
    best = Self.fits(contexts, Self.forms(tuning.contextLengths), to: targets.values)
      .mapValues(\.filter)
  }

  /// The learners to compare a model with, the simplest first; names differ.
  ///
  /// - Throws: ``EvaluationError`` if a prediction is not finite; what the model throws.
  func candidates(for model: any InContextLearner) throws -> [CandidateAlgorithm] {
    guard let bestOnlineRate else { return stated }
    let goal = try tuning.vectors(of: model)
    var candidates = stated
    candidates.append(Self.online(bestOnlineRate, .bestForTasks))
    let fitted = Self.online(try Self.onlineRate(tuning, goal), .fittedToModel)
    guard let contexts else { return candidates + [fitted] }
    let forms = Self.forms(tuning.contextLengths)
    let fits = Self.fits(contexts, forms, to: goal.values)
    let chosen = Self.nearest(forms, fits)
    candidates += chosen.compactMap { form in
      best[form].map { Self.candidate($0, .bestForTasks) }
    }
    candidates.append(fitted)
    candidates += chosen.compactMap { form in
      fits[form].map { Self.candidate($0.filter, .fittedToModel) }
    }
    return candidates
  }

  // MARK: Learners without free constants

  private static func stated(
    _ tasks: IdentificationTasks, _ shape: EpisodeShape
  ) -> [CandidateAlgorithm] {
    var learners: [any InContextLearner] = [ZeroPredictor(), tasks.generalizing]
    learners += tasks.family.learners
    learners += Tournament.challengers(for: shape).filter { !($0 is OnlineGradientDescent) }
    var candidates: [CandidateAlgorithm] = []
    for learner in learners where !candidates.contains(where: { $0.name == learner.name }) {
      candidates.append(
        CandidateAlgorithm(
          learner, group: learner is BayesianLinearRegression ? "ridge" : nil,
          words: AlgorithmWords.words(for: learner),
          role: learner.name == tasks.generalizing.name ? .generalizing : nil))
    }
    guard let memorizing = tasks.memorizing else { return candidates }
    candidates.removeAll { $0.name == memorizing.name }
    candidates.insert(
      CandidateAlgorithm(
        memorizing, group: CandidateAlgorithm.Role.memorizing.rawValue,
        words: tasks.memorizingWords, role: .memorizing), at: 1)
    return candidates
  }

  // MARK: Linear learners

  /// Where only one number of examples is measured, the two losses have the same steps.
  private static func forms(_ contextLengths: [Int]) -> [SpectralFit.Form] {
    let losses: [ContextLoss] = contextLengths.count { $0 > 0 } > 1 ? [.mean, .sum] : [.mean]
    return [.ridge]
      + stepCounts.flatMap { count in
        losses.map { .gradientDescent(stepCount: count, loss: $0) }
      }
      + transformedStepCounts.flatMap { count in
        losses.map { .gradientDescentPlusPlus(stepCount: count, loss: $0) }
      }
  }

  private static func fits(
    _ contexts: SpectralContexts, _ forms: [SpectralFit.Form], to goal: [Double]
  ) -> [SpectralFit.Form: SpectralFit] {
    let fits = concurrentMap(count: forms.count) { index in
      SpectralFit(forms[index], on: contexts, to: goal)
    }
    return Dictionary(uniqueKeysWithValues: zip(forms, fits))
  }

  /// Of forms that differ in the loss alone the one that comes nearer to the model.
  private static func nearest(
    _ forms: [SpectralFit.Form], _ fits: [SpectralFit.Form: SpectralFit]
  ) -> [SpectralFit.Form] {
    var chosen: [(kind: String, form: SpectralFit.Form, distance: Double)] = []
    for form in forms {
      guard let fit = fits[form] else { continue }
      let kind = group(of: fit.filter)
      if let place = chosen.firstIndex(where: { $0.kind == kind }) {
        if fit.distance < chosen[place].distance { chosen[place] = (kind, form, fit.distance) }
      } else {
        chosen.append((kind, form, fit.distance))
      }
    }
    return chosen.map(\.form)
  }

  private static func group(of filter: SpectralFilter) -> String {
    switch filter {
    case .ridge: "ridge"
    case .gradientDescent(let stepCount, _, _): "gradientDescent\(stepCount)"
    case .gradientDescentPlusPlus(let stepCount, _, _, _): "gradientDescentPlusPlus\(stepCount)"
    }
  }

  private static func candidate(
    _ filter: SpectralFilter, _ origin: CandidateAlgorithm.Origin
  ) -> CandidateAlgorithm {
    let learner = filter.learner
    let constants =
      switch filter {
      case .ridge(let penalty): ["penalty": penalty]
      case .gradientDescent(_, let rate, _): ["learningRate": rate]
      case .gradientDescentPlusPlus(_, let rate, let gamma, _):
        ["learningRate": rate, "gamma": gamma]
      }
    return CandidateAlgorithm(
      learner, name: learner.name + suffix(origin), group: group(of: filter),
      words: AlgorithmWords.words(for: learner), constants: constants, origin: origin,
      filter: filter)
  }

  private static func suffix(_ origin: CandidateAlgorithm.Origin) -> String {
    switch origin {
    case .stated: ""
    case .bestForTasks: "Best"
    case .fittedToModel: "Fitted"
    }
  }

  // MARK: Online gradient descent

  private static func online(
    _ rate: Double, _ origin: CandidateAlgorithm.Origin
  ) -> CandidateAlgorithm {
    let learner = OnlineGradientDescent(learningRate: rate)
    return CandidateAlgorithm(
      learner, name: learner.name + suffix(origin), group: learner.name,
      words: AlgorithmWords.words(for: learner), constants: ["learningRate": rate],
      origin: origin)
  }

  /// The learning rate with which one pass comes nearest to some predictions, to one in fifty.
  private static func onlineRate(
    _ tuning: ProbeEpisodes, _ goal: PredictionVectors
  ) throws -> Double {
    let squares = tuning.episodes.reduce(0.0) { sum, episode in
      episode.inputs.reduce(sum) { $0 + Double($1) * Double($1) }
    }
    // One step takes all of the residual of an input of this square.
    let scale =
      squares > 0 ? Double(tuning.episodes.count * tuning.shape.exampleCount) / squares : 1
    return try LogarithmicSearch.minimum(
      in: 1e-3 * scale...1e2 * scale, gridCount: 16, tolerance: 0.02
    ) { rate in
      do {
        let vectors = try tuning.vectors(of: OnlineGradientDescent(learningRate: rate))
        return SpectralFit.meanSquaredDistance(vectors.values, goal.values)
      } catch EvaluationError.nonFinitePrediction {
        // Large rates diverge.
        return .infinity
      }
    }.argument
  }
}
