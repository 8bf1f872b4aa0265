package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      H  depth of the tree

/// Random decision trees that ask for the signs of coordinates.
///
/// One task is a full tree of `2ᴴ - 1` nodes, each with a coordinate uniform among the `D`, and `2ᴴ`
/// leaves with values `N(0, 1)`. An example is `x ~ inputScale · N(0, I)`, or uniform; from a node it
/// goes to the second child if its coordinate there is positive, else to the first, and has the
/// value of its leaf as target, plus `σ ε` with `ε ~ N(0, 1)`. Targets have the mean square `1 + σ²`.
/// The latent holds the coordinates, level by level, then the leaves.
///
/// Source: Garg et al. 2022, section 3.3, <https://arxiv.org/abs/2208.01066>, with `D` 20, `H` 4 and
/// 101 examples.
package struct DecisionTree: FunctionFamily {
  package static let kind = FamilyKind.decisionTree
  package static let description = FamilyDescription(
    "The value of a leaf, reached by the signs of coordinates at the nodes of each task's tree.",
    source: "Garg et al. 2022, section 3.3", link: "https://arxiv.org/abs/2208.01066",
    oracle: "the best linear learner, which knows how trees are drawn; the optimal one is not known"
  )

  /// `D`
  package var dimension = 20
  /// `H`
  package var treeDepth = 4
  /// `N`
  package var exampleCount = 101
  /// `σ`
  package var noise: Float = 0
  package var inputs = InputDistribution.gaussian
  package var inputScale: Float = 1

  package static let settings: [Setting<Self>] = [
    Setting(dimension: \.dimension),
    Setting("treeDepth", \.treeDepth, in: 1...12, "nodes on the way to a leaf"),
    Setting(exampleCount: \.exampleCount), Setting(noise: \.noise), Setting(inputs: \.inputs),
    Setting(inputScale: \.inputScale),
  ]

  package init() {}

  /// `2ᴴ - 1`
  private var nodeCount: Int { 1 << treeDepth - 1 }

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .real,
      latentCount: 2 * nodeCount + 1)
  }

  /// The leaves.
  package var weights: Range<Int>? { nodeCount..<2 * nodeCount + 1 }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    key.folded(with: .coordinates).fillUniforms(&latent, in: 0..<Float(dimension))
    for node in 0..<nodeCount { latent[node] = Float(Int(latent[node])) }
    key.folded(with: .weights).fillNormals(&latent, range: nodeCount..<latent.count)
  }

  /// - Complexity: O(N·H), without allocations.
  package func addValues(
    of latent: Span<Float>, at inputs: Span<Float>, to targets: inout MutableSpan<Float>
  ) {
    let width = dimension
    let depth = treeDepth
    precondition(inputs.count == targets.count * width, "A row for each target.")
    precondition(latent.count == 2 * nodeCount + 1, "A coordinate or a value for each node.")
    for example in 0..<targets.count {
      let row = example &* width
      var node = 0
      for _ in 0..<depth {
        // Nodes are in bounds by the precondition, their coordinates by how they are drawn.
        let coordinate = Int(latent[unchecked: node])
        let step = inputs[unchecked: row &+ coordinate] > 0 ? 2 : 1
        node = 2 &* node &+ step
      }
      targets[unchecked: example] += latent[unchecked: node]
    }
  }

  package func oracle(noiseVariance: Double, weightScale: Double) -> any InContextLearner {
    GaussianProcessRegression(
      kernel: .signTree(depth: treeDepth, variance: weightScale * weightScale),
      noiseVariance: noiseVariance)
  }

  package var baselines: [any InContextLearner] {
    [ZeroPredictor(), NearestNeighbors(3), LeastSquares()]
  }
}
