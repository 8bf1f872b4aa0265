import Baselines
import Episodes

extension EpisodeShape {
  /// Classical classifiers that suit inputs of about unit variance.
  ///
  /// Steps of `1/D` move the score of an example by about one, as online descent did for Kirsch et
  /// al. 2022, whose step is not published.
  var classifiers: [any InContextLearner] {
    [
      MajorityClass(), NearestNeighbors(1), NearestCentroid(),
      OnlineGradientDescent(learningRate: 1 / Double(inputDimension)), LogisticRegression(),
    ]
  }
}
