import Configuration

/// A small experiment with everything that configurations have: defaults, ranges, kinds, lists.
struct Settings: Codable, Equatable {
  var seed: UInt64 = 0
  var name = "trial"
  var family = Family.linear(Linear())
  var optimizer = Optimizer()
  var widths = [64]

  enum CodingKeys: String, CodingKey, CaseIterable { case seed, name, family, optimizer, widths }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    seed = try container.value(.seed, default: 0)
    name = try container.value(.name, default: "trial")
    family = try container.value(.family, default: .linear(Linear()))
    optimizer = try container.value(.optimizer, default: Optimizer())
    widths = try container.value(.widths, default: [64])
  }
}

struct Optimizer: Codable, Equatable {
  enum Schedule: String, Codable, CaseIterable { case constant, cosine }

  var learningRate = 1e-3
  var schedule = Schedule.cosine
  var clip: Float?

  enum CodingKeys: String, CodingKey, CaseIterable { case learningRate, schedule, clip }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
    learningRate = try container.value(.learningRate, default: 1e-3, in: 0...1)
    schedule = try container.value(.schedule, default: .cosine)
    clip = try container.optional(.clip, in: 0...100)
  }
}

struct Linear: Codable, Equatable {
  var dimension = 5

  enum CodingKeys: String, CodingKey, CaseIterable { case dimension }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self, besides: ["kind"])
    dimension = try container.value(.dimension, default: 5, in: 1...64)
  }
}

struct Prototypes: Codable, Equatable {
  var classes: Int

  enum CodingKeys: String, CodingKey, CaseIterable { case classes }

  init(classes: Int) { self.classes = classes }

  init(from decoder: any Decoder) throws {
    let container = try decoder.strictContainer(keyedBy: CodingKeys.self, besides: ["kind"])
    classes = try container.value(.classes, in: 2...10)
  }
}

enum Family: Codable, Equatable {
  case linear(Linear)
  case prototypes(Prototypes)

  enum Kind: String, Codable, CaseIterable { case linear, prototypes }
  enum CodingKeys: CodingKey { case kind }

  init(from decoder: any Decoder) throws {
    self =
      switch try decoder.kind(Kind.self) {
      case .linear: .linear(try Linear(from: decoder))
      case .prototypes: .prototypes(try Prototypes(from: decoder))
      }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .linear(let settings):
      try container.encode(Kind.linear, forKey: .kind)
      try settings.encode(to: encoder)
    case .prototypes(let settings):
      try container.encode(Kind.prototypes, forKey: .kind)
      try settings.encode(to: encoder)
    }
  }
}
