// Dimension key
//   D  greatest number of features     C  greatest number of classes   R  greatest number of causes
//   L  greatest number of layers       H  nodes of a layer
//   G  greatest number of categories of a feature

/// Where things are in the latent of a ``StructuralCausalModel``, and in the row of its nodes.
///
/// The latent holds, one after another: the number of features, of classes, of causes and of layers; the
/// deviation of noise; 1 if causes are uniform, else 0; the number of each layer's ``NodeFunction``,
/// `[L]`; the column of the target; the columns of features, `[D]`; and matrices, `[1 + R, H]` and `[L-1,
/// 1 + H, H]`, with biases in the first row of each.
///
/// A column is its node; mean and inverse deviation of that; how many pieces it is cut into, 0 if none;
/// the cuts, ascending, one fewer than there may be pieces; and what each piece becomes.
struct CausalLayout {
  let featureCount = 0
  let classCount = 1
  let causeCount = 2
  let layerCount = 3
  let noise = 4
  let uniformCauses = 5
  let functions = 6
  let target: Int
  let features: Int
  /// How many numbers a feature's column takes.
  let featureStride: Int
  let matrices: Int
  /// How many numbers a matrix between layers takes.
  let matrixStride: Int
  private let firstMatrixCount: Int
  /// All of the latent.
  let count: Int
  /// Causes and nodes of all layers: cause `i` is node `i`, node `j` of layer `l` is `R + l H + j`.
  let nodeCount: Int

  init(_ model: StructuralCausalModel) {
    let width = model.width
    target = functions + model.layerCount
    features = target + Self.columnCount(pieces: model.classCount)
    featureStride = Self.columnCount(pieces: model.categoryCount)
    matrices = features + model.dimension * featureStride
    firstMatrixCount = (1 + model.causeCount) * width
    matrixStride = (1 + width) * width
    count = matrices + firstMatrixCount + (model.layerCount - 1) * matrixStride
    nodeCount = model.causeCount + model.layerCount * width
  }

  /// How many numbers a column takes that may be cut into so many pieces.
  private static func columnCount(pieces: Int) -> Int { cuts + 2 * pieces - 1 }

  // Within a column; what pieces become follows its cuts.
  static let node = 0
  static let mean = 1
  static let inverseDeviation = 2
  static let pieceCount = 3
  static let cuts = 4

  /// Where the matrix of the sums of a layer begins.
  func matrix(of layer: Int) -> Int {
    layer == 0 ? matrices : matrices + firstMatrixCount + (layer - 1) * matrixStride
  }
}
