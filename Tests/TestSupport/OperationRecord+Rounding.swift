internal import ComputeGraph
internal import Tensors

// Dimension key
//   M  rows      K  inner extent      N  columns

extension OperationRecord {
  /// Products of rounded operands, in every form in which an engine may keep them.
  package static let rounding: [OperationRecord] =
    roundedProducts + roundedAttention + roundedLayers

  /// Operands are given, so that both sides round the same numbers.
  private static let roundedProducts: [OperationRecord] =
    [(3, 7, 5), (33, 64, 48), (17, 1, 7), (1, 32, 1)].flatMap { m, k, n in
      [(false, false), (false, true), (true, false), (true, true)].map { left, right in
        OperationRecord(
          "rounded matmul \(m)×\(k)×\(n)\(left ? ", left transposed" : "")"
            + (right ? ", right transposed" : ""),
          [.input("a", left ? [k, m] : [m, k]), .parameter("b", right ? [n, k] : [k, n])],
          primitive: .matmul(transposeLeft: left, transposeRight: right, precision: .bfloat16))
      }
    }
    + [
      OperationRecord(
        "rounded matmul of stacks", [.input("a", [3, 7, 5]), .parameter("b", [3, 5, 2])],
        primitive: .matmul(transposeLeft: false, transposeRight: false, precision: .bfloat16)),
      OperationRecord(
        "rounded linear",
        [.input("x", [2, 13, 17]), .parameter("weight", [17, 33]), .parameter("bias", [33])],
        primitive: .linear(precision: .bfloat16)),
      OperationRecord(
        "rounded product with an array",
        [.input("a", [3, 7]), .parameter("b", [7, 5]), .input("c", [3, 5])]
      ) { x in
        try x[0].matmul(x[1], precision: .bfloat16) * x[2]
      },
      OperationRecord(
        "array in both precisions", [.input("x", [6, 16]), .parameter("w", [16, 16])]
      ) { x in
        let y = try x[0] + x[0]
        return try y.matmul(x[1], precision: .bfloat16) + y
      },
    ]

  private static let roundedAttention: [OperationRecord] =
    AttentionRule.Scoring.allCases.flatMap { scoring in
      [
        attendRounded("causal", scoring, 2, 7, 2, 3, .causal(7)),
        attendRounded("causal over wide heads", scoring, 2, 22, 2, 16, .causal(22)),
        attendRounded("causal over wider heads", scoring, 2, 33, 2, 32, .causal(33)),
        attendRounded("causal over two tiles of features", scoring, 1, 82, 2, 64, .causal(82)),
        attendRounded("over heads of a tile and a half", scoring, 1, 40, 2, 48, .causal(40)),
        attendRounded("causal over eight tokens", scoring, 1, 8, 1, 16, .causal(8)),
        attendRounded("causal over sixteen tokens", scoring, 3, 16, 1, 32, .causal(16)),
        attendRounded("full over wide heads", scoring, 2, 41, 1, 32, .full(41)),
        attendRounded("paired over wide heads", scoring, 2, 11, 2, 32, paired(11)),
        attendRounded(
          "paired queries over wide heads", scoring, 2, 41, 2, 32,
          paired(41).selecting(Array(41..<82))),
        attendRounded(
          "of every other query over wide heads", scoring, 2, 40, 2, 32,
          Visibility.causal(40).selecting(Array(stride(from: 0, to: 40, by: 2)))),
        attendRounded(
          "over wide heads with queries that see nothing", scoring, 1, 10, 1, 32,
          Visibility(keyCount: 10, prefixes: [0, 10, 0, 3, 0, 0, 0, 0, 0, 1, 2, 0])),
      ]
    }

  private static let roundedLayers: [OperationRecord] = [
    OperationRecord(
      "rounded layers around a nonlinearity",
      [
        .input("x", [4, 5, 16]), .parameter("scale", [16], .positive), .parameter("shift", [16]),
        .parameter("expand", [16, 48]), .parameter("wide", [48]),
        .parameter("contract", [48, 16]), .parameter("narrow", [16]),
      ], tolerance: roundedTolerance
    ) { _, x in
      let normal = try x[0].layerNorm(scale: x[1], shift: x[2], epsilon: 1e-5)
      let hidden = try normal.linear(weight: x[3], bias: x[4], precision: .bfloat16)
        .activation(.gelu)
      let y = try hidden.linear(weight: x[5], bias: x[6], precision: .bfloat16) + x[0]
      let last = try y.slice(axis: 1, start: 0, stride: 2, count: 3)
      return [
        try last.layerNorm(scale: x[1], shift: x[2], epsilon: 1e-5)
          .linear(weight: x[3], bias: x[4], precision: .bfloat16)
      ]
    },
    OperationRecord(
      "rounded layers after a rectifier",
      [.input("x", [9, 32]), .parameter("w", [32, 32]), .parameter("b", [32])],
      tolerance: roundedTolerance
    ) { _, x in
      let hidden = try x[0].linear(weight: x[1], bias: x[2], precision: .bfloat16)
        .activation(.relu)
      return [try hidden.slice(axis: 0, start: 1, count: 7).matmul(x[1], precision: .bfloat16)]
    },
  ]

  /// One unit of a number between a half and one: an intermediate result near the middle of two
  /// numbers may be rounded to either.
  private static let roundedTolerance = 1.0 / 128

  private static func attendRounded(
    _ name: String, _ scoring: AttentionRule.Scoring, _ episodes: Int, _ keys: Int, _ heads: Int,
    _ width: Int, _ visibility: Visibility
  ) -> OperationRecord {
    let rule = AttentionRule(
      heads: heads, scoring: scoring, scale: 1 / Float(width).squareRoot(),
      visibility: visibility, precision: .bfloat16)
    return OperationRecord(
      "rounded \(scoring.rawValue) attention \(name)",
      [
        .input("query", [episodes, visibility.queryCount, heads * width]),
        .input("key", [episodes, keys, heads * width]),
        .parameter("value", [episodes, keys, heads * width]),
      ], tolerance: roundedTolerance
    ) { _, x in [try x[0].attention(key: x[1], value: x[2], rule: rule)] }
  }
}
