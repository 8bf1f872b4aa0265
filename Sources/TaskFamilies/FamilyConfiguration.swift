import Configuration

/// A task family as an experiment names it: `kind`, and beside it the settings of that kind.
package enum FamilyConfiguration: Hashable, Sendable {
  case linearRegression(LinearRegressionConfiguration)
  case prototypeClassification(PrototypeClassificationConfiguration)

  /// The family that these settings describe.
  package func makeFamily() -> any TaskFamily {
    switch self {
    case .linearRegression(let configuration): LinearRegression(configuration)
    case .prototypeClassification(let configuration): PrototypeClassification(configuration)
    }
  }
}

extension FamilyConfiguration: Codable {
  /// The keys that stand beside the settings of a family.
  static let siblingKeys = ["kind"]

  private enum Kind: String, Codable, CaseIterable {
    case linearRegression, prototypeClassification
  }

  private enum CodingKeys: String, CodingKey {
    case kind
  }

  /// - Throws: ``ConfigurationError`` for an unknown kind or key, or a value outside its range.
  package init(from decoder: any Decoder) throws {
    self =
      switch try decoder.kind(Kind.self) {
      case .linearRegression: .linearRegression(try LinearRegressionConfiguration(from: decoder))
      case .prototypeClassification:
        .prototypeClassification(try PrototypeClassificationConfiguration(from: decoder))
      }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .linearRegression(let configuration):
      try container.encode(Kind.linearRegression, forKey: .kind)
      try configuration.encode(to: encoder)
    case .prototypeClassification(let configuration):
      try container.encode(Kind.prototypeClassification, forKey: .kind)
      try configuration.encode(to: encoder)
    }
  }
}

extension FamilyConfiguration {
  /// The name of the kind, as `kind` says it.
  package var name: String {
    switch self {
    case .linearRegression: Kind.linearRegression.rawValue
    case .prototypeClassification: Kind.prototypeClassification.rawValue
    }
  }

  /// The same family without a limit to its tasks: what is drawn from it was never in a pool.
  package var unlimited: FamilyConfiguration {
    switch self {
    case .linearRegression(var configuration):
      configuration.taskCount = nil
      return .linearRegression(configuration)
    case .prototypeClassification(var configuration):
      configuration.taskCount = nil
      return .prototypeClassification(configuration)
    }
  }
}
