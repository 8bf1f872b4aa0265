import Episodes
import TaskFamilies

extension PublishedShift {
  private static let garg = "Garg et al. 2022"
  private static let oswald = "von Oswald et al. 2022"
  private static let akyurek = "Akyürek et al. 2022"

  /// All of them, beginning with no shift at all.
  package static let all: [PublishedShift] =
    [unshifted] + inputScales + weightScales + inputDistributions + queries + noises + [reordered]

  private static let unshifted = PublishedShift(
    "none", "the tasks of training", source: "", needs: .vectors
  ) { family, _ in family }

  private static let factors: [(text: String, value: Float)] = [
    ("1/3", 1 / 3), ("1/2", 1 / 2), ("2", 2), ("3", 3),
  ]

  private static let inputScales = factors.map { factor in
    PublishedShift(
      "inputs × \(factor.text)", "inputs multiplied with \(factor.text)", source: garg,
      needs: .vectors
    ) { family, _ in
      shifted(ScaledInputs.self, family) { $0.factor = factor.value }
    }
  }

  private static let weightScales =
    factors.map { factor in
      PublishedShift(
        "weights × \(factor.text)", "weights multiplied with \(factor.text)", source: garg,
        needs: .weights
      ) { family, _ in
        shifted(ScaledWeights.self, family) { $0.factor = factor.value }
      }
    } + [
      PublishedShift(
        "weights + 2.5", "2.5 added to every weight", source: akyurek, needs: .weights
      ) { family, _ in shifted(TranslatedWeights.self, family) }
    ]

  private static let inputDistributions =
    [
      PublishedShift(
        "inputs + 2.5", "2.5 added to every coordinate of the inputs", source: akyurek,
        needs: .vectors
      ) { family, _ in shifted(TranslatedInputs.self, family) },
      PublishedShift(
        "skewed inputs", "inputs stretched by 1/i along the directions of a random basis",
        source: garg, needs: .vectors
      ) { family, _ in shifted(StretchedInputs.self, family) },
      PublishedShift(
        "half subspace", "inputs in a random subspace of half the dimensions", source: garg,
        needs: .vectors
      ) { family, _ in
        shifted(StretchedInputs.self, family) {
          $0.exponent = 0
          // None of a single dimension is left, which the shift refuses.
          $0.rank = family.episodeShape.inputDimension / 2
        }
      },
    ]
    + RedrawnInputs.Distribution.allCases.map { distribution in
      PublishedShift(
        "\(distribution.rawValue) inputs",
        "coordinates of inputs from the \(distribution.rawValue) distribution, of the same norm",
        source: oswald, needs: .functions
      ) { family, _ in
        let inputs = (try? family.makeFamily())?.functions?.inputs
        return inputs?.rawValue == distribution.rawValue
          ? nil : shifted(RedrawnInputs.self, family) { $0.distribution = distribution }
      }
    }

  private static let queries = [
    PublishedShift(
      "random orthant", "the context in one orthant, the query anywhere", source: garg,
      needs: .functions, concernsQuery: true
    ) { family, _ in shifted(OrthantInputs.self, family) },
    PublishedShift(
      "orthogonal query", "a query orthogonal to the context", source: garg, needs: .functions,
      concernsQuery: true
    ) { family, _ in shifted(OrthogonalQuery.self, family) },
    PublishedShift(
      "overlapping query", "a query that repeats an input of the context", source: garg,
      needs: .functions, concernsQuery: true
    ) { family, _ in shifted(OverlappingQuery.self, family) },
  ]

  private static let noises =
    [
      PublishedShift(
        "noise", "normal noise with a twentieth of the targets' mean square", source: garg,
        needs: .functions
      ) { family, scale in
        shifted(AddedNoise.self, family) { $0.scale = scale / Float(20).squareRoot() }
      },
      PublishedShift(
        "outliers", "on a tenth of the targets errors three times as large as they are",
        source: "Huber 1964", needs: .functions
      ) { family, scale in
        shifted(Outliers.self, family) {
          $0.share = 0.1
          $0.scale = 3 * scale
        }
      },
    ]
    + [2, 4, 6, 8].map { count in
      PublishedShift(
        "\(count) of 10 labels random", "targets of the context replaced by random ones",
        source: oswald, needs: .vectors, concernsQuery: true
      ) { family, scale in
        shifted(LabelNoise.self, family) {
          $0.share = Float(count) / 10
          $0.scale = scale
        }
      }
    }

  private static let reordered = PublishedShift(
    "another order", "the same examples in another order", source: "Lu et al. 2022",
    needs: .vectors
  ) { family, _ in shifted(PermutedOrder.self, family) }

  private static func shifted<Settings: DerivedSettings>(
    _ settings: Settings.Type, _ family: FamilyConfiguration,
    _ change: (inout Settings) -> Void = { _ in }
  ) -> FamilyConfiguration {
    var shifted = Settings(change)
    shifted.family = family
    return FamilyConfiguration(shifted)
  }
}
