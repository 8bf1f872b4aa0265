package import Baselines
package import Episodes
import RandomKeys

// Dimension key
//   N  tokens of an episode that are read      C  tokens that there are
//   k  tokens of an example

/// The generative in-context learning dataset: text of hidden Markov models, and prompts to evaluate
/// what was learned from it.
///
/// A hidden state is a value and a slot, and says the token that a table has there, each drawn
/// uniformly once; the first slot has the delimiter, token 0. Of every model,
/// * slots follow each other by a mixture of as many random permutations as there are slots, with
///   the weights `softmax(u / 0.1)`, `u ~ U(-½, ½)`;
/// * values by `(1 - w) T + w I`, with `T` such a mixture too, the same for all models;
/// * the first state is distributed as `softmax(u / 10)`.
///
/// The first half of the models is for pretraining, the other out of distribution. One task is a
/// model; a document is what it says. A prompt shows examples of `k` tokens, with delimiters
/// between them. All begin at the slot of the task, which is not the delimiter's, each with a value
/// of its own, uniform among all. Out of distribution slots are uniform instead, without the
/// delimiter's, and an example keeps its value.
///
/// The target of the last token of an example is not what follows, but the label of Xie et al.: the
/// most likely token under the model of the task, given the slot and the tokens of the example (out
/// of distribution without the slot). So a prompt of `n` examples scores all shorter ones too.
///
/// The latent holds the number of the model and the slot; -1 where there is no slot.
///
/// Source: Xie et al. 2021, <https://arxiv.org/abs/2111.02080>, and
/// generate_data.py in <https://github.com/p-lambda/incontext-learning>.
package struct GINC: TaskFamily {
  package let settings: GINCSettings
  package let corpus: GINCCorpus
  package let episodeShape: EpisodeShape

  package init(_ settings: GINCSettings) {
    self.settings = settings
    corpus = GINCCorpus(settings)
    episodeShape = settings.episodeShape
  }

  /// The numbers of the models for pretraining.
  package var pretrainingModels: Range<Int> { 0..<settings.modelCount / 2 }

  /// The numbers of the models that tasks have.
  var models: Range<Int> {
    settings.outOfDistribution
      ? pretrainingModels.upperBound..<settings.modelCount : pretrainingModels
  }

  /// Someone who knows the models for pretraining and how prompts are made; a prompt out of
  /// distribution may begin at any slot.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    switch settings.form {
    case .documents:
      return HiddenMarkovPosterior(models: pretrainingModels.map { corpus.model($0) })
    case .prompts:
      let slots = 1..<settings.slotCount
      let starts = settings.outOfDistribution ? [slots] : slots.map { $0..<$0 + 1 }
      return HiddenMarkovPosterior(
        models: pretrainingModels.flatMap { model in
          starts.map { corpus.model(model, beginningIn: $0) }
        },
        segments: .init(length: settings.exampleLength, delimiter: 0))
    }
  }

  package var baselines: [any InContextLearner] {
    [
      ZeroPredictor(), NGramPosterior(order: 1), NGramPosterior(order: 2),
      NGramPosterior(order: 3),
    ]
  }
}
