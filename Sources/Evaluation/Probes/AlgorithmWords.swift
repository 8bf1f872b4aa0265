import Baselines
import Foundation

/// What learners are called in a sentence.
enum AlgorithmWords {
  /// A learner in words, with its constants.
  static func words(for learner: any InContextLearner) -> String {
    switch learner {
    case is ZeroPredictor: "zero whatever the context says"
    case is MeanTarget: "the mean of the targets so far"
    case is Averaging: "averaging: one step of gradient descent with learning rate 1"
    case is LeastSquares: "least squares"
    case let learner as RidgeRegression:
      "ridge regression, penalty \(brief(learner.penalty))"
    case let learner as BayesianLinearRegression:
      "ridge regression, penalty \(brief(learner.noiseVariance / learner.priorVariance))"
    case is GaussianProcessRegression: "Gaussian-process regression"
    case is BayesianDiscriminant: "the Bayesian discriminant"
    case is BayesianProbit: "Bayesian probit regression"
    case is GaussianMixtureBayes: "Bayes' rule for mixtures"
    case is HiddenMarkovPosterior: "the posterior of hidden Markov models"
    case is MajorityClass: "the majority class"
    case is NearestCentroid: "the nearest centroid"
    case let learner as Lasso: "the lasso, penalty \(brief(learner.penalty))"
    case let learner as NearestNeighbors:
      learner.count == 1 ? "the nearest neighbour" : "\(learner.count) nearest neighbours"
    case let learner as GradientDescent:
      descent(learner.stepCount, "gradient descent", learner.learningRate, learner.loss)
    case let learner as GradientDescentPlusPlus:
      descent(
        learner.stepCount, "gradient descent that transforms its inputs (GD++)",
        learner.learningRate, learner.loss, gamma: learner.gamma)
    case let learner as OnlineGradientDescent:
      "one pass of online gradient descent (learning rate \(brief(learner.learningRate)))"
    case is DiscreteMinimumMeanSquaredError: "the Bayesian mean over a pool of tasks"
    case let learner as NGramPosterior: ngram(learner.order)
    default: spaced(learner.name)
    }
  }

  private static func descent(
    _ stepCount: Int, _ method: String, _ learningRate: Double, _ loss: ContextLoss,
    gamma: Double? = nil
  ) -> String {
    let steps = stepCount == 1 ? "one step" : "\(stepCount) steps"
    let scale = loss == .mean ? "" : " for each example"
    let transformation = gamma.map { ", gamma \(brief($0))" } ?? ""
    return
      "\(steps) of \(method) (learning rate \(brief(learningRate))\(scale)\(transformation))"
  }

  private static func ngram(_ order: Int) -> String {
    switch order {
    case 1: "counting tokens (unigrams)"
    case 2: "counting pairs of tokens (bigrams)"
    default: "counting runs of \(order) tokens"
    }
  }

  /// Three significant digits.
  static func brief(_ number: Double) -> String { String(format: "%.3g", number) }

  /// A name in camel case as words.
  static func spaced(_ name: String) -> String {
    var words = ""
    for character in name {
      words += character.isUppercase ? " " + character.lowercased() : String(character)
    }
    return words
  }
}
