import Episodes
import RealModule

// Dimension key
//   N  tokens of an episode      C  tokens that there are
//   M  models                    S  hidden states of a model

/// The exact predictions of someone who knows that a sequence was said by one of a list of hidden
/// Markov models, but not by which.
///
/// The forward algorithm follows the hidden state of every model; models are weighed by their prior
/// and the probability that they give to the tokens so far. A token that no model can have said is
/// taken as a jump to a state uniform among all, so that there is always a prediction.
///
/// Source of in-context learning as this posterior: Xie et al. 2021,
/// <https://arxiv.org/abs/2111.02080>; of the algorithm: Rabiner 1989,
/// <https://doi.org/10.1109/5.18626>.
package struct HiddenMarkovPosterior: EpisodeLearner {
  /// A sequence that is cut into segments: each begins anew in an initial state, and a delimiter
  /// stands between two.
  package struct Segments: Hashable, Sendable {
    /// The tokens of a segment, without the delimiter.
    package let length: Int
    /// The token between segments.
    package let delimiter: Int

    package init(length: Int, delimiter: Int) {
      precondition(length > 0 && delimiter >= 0, "A segment has tokens, and a delimiter after it.")
      self.length = length
      self.delimiter = delimiter
    }
  }

  package let models: [HiddenMarkovModel]
  /// `[M]`, sums to one.
  package let prior: [Double]
  /// How sequences are cut; nil if each is one run of a chain.
  package let segments: Segments?

  /// - Parameters:
  ///   - models: `[M]`, with the same numbers of states and tokens.
  ///   - prior: `[M]`, up to a factor; uniform if nil.
  ///   - segments: how sequences are cut, if they are.
  package init(
    models: [HiddenMarkovModel], prior: [Double]? = nil, segments: Segments? = nil
  ) {
    let weights = prior ?? [Double](repeating: 1, count: models.count)
    let total = weights.reduce(0, +)
    precondition(
      weights.count == models.count && total > 0 && weights.allSatisfy { $0 >= 0 },
      "Each model has a probability.")
    precondition(
      models.allSatisfy {
        $0.stateCount == models[0].stateCount && $0.tokenCount == models[0].tokenCount
      }, "Models have the same numbers of states and tokens.")
    self.models = models
    self.prior = weights.map { $0 / total }
    self.segments = segments
  }

  package var name: String { "hiddenMarkovPosterior" }

  /// - Complexity: O(N·M·S·(S + C)), less the states and models that have been excluded.
  func predictions(of episode: Episode) -> [Double] {
    let width = episode.classCount
    precondition(width == models[0].tokenCount, "Models say the tokens of the episode.")
    let count = episode.shape.exampleCount
    var predictions = [Double](repeating: 0, count: count * width)
    var filter = HiddenMarkovFilter(self)
    for place in 0..<count {
      if !isDelimiter(place) { filter.observe(episode.token(at: place), models) }
      let start = place * width
      if isDelimiter(place + 1), let segments {
        predictions[start + segments.delimiter] = 1
      } else if let segments, (place + 1) % (segments.length + 1) == 0 {
        filter.restart(models)
        filter.addProbabilities(models, to: &predictions, at: start)
      } else {
        filter.advance(models)
        filter.addProbabilities(models, to: &predictions, at: start)
      }
    }
    return predictions.map { ClassScores.logarithm($0) }
  }

  private func isDelimiter(_ place: Int) -> Bool {
    segments.map { place % ($0.length + 1) == $0.length } ?? false
  }
}
