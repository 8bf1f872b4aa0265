internal import ComputeGraph
internal import Tensors

extension OperationRecord {
  static let movement: [OperationRecord] =
    [
      move("reshape", [3, 4], .reshape([2, 6])),
      move("reshape to a scalar", [1, 1], .reshape([])),
      move("reshape of a parameter", parameter: [7, 2], .reshape([14])),
      move("transpose", [3, 5], .transpose(permutation: [1, 0])),
      move("transpose of nothing", [3, 5], .transpose(permutation: [0, 1])),
      move("transpose of a row", [1, 17], .transpose(permutation: [1, 0])),
      move("transpose of three axes", [2, 3, 5], .transpose(permutation: [2, 0, 1])),
      move("transpose of inner axes", [2, 3, 5, 7], .transpose(permutation: [0, 2, 1, 3])),
      move("broadcast of a scalar", [], .broadcast([3, 7], axes: [])),
      move("broadcast over rows", [7], .broadcast([3, 7], axes: [1])),
      move("broadcast over columns", [3], .broadcast([3, 17], axes: [0])),
      move("broadcast over outer axes", [4, 5], .broadcast([2, 4, 3, 5], axes: [1, 3])),
      move("broadcast to extents of one", [3], .broadcast([1, 3, 1], axes: [1])),
      move("slice of leading", [13, 3], .slice(axis: 0, start: 0, stride: 1, count: 4)),
      move("slice with stride", [2, 13, 3], .slice(axis: 1, start: 1, stride: 3, count: 4)),
      move("slice of last", [2, 13], .slice(axis: 1, start: 12, stride: 1, count: 1)),
      move("slice of innermost", [3, 7], .slice(axis: 1, start: 0, stride: 2, count: 4)),
      move("slice of everything", [3, 7], .slice(axis: 0, start: 0, stride: 1, count: 3)),
      move("place", [2, 4, 3], .place(axis: 1, start: 1, stride: 3, extent: 13)),
      move("place innermost", [3, 2], .place(axis: 1, start: 0, stride: 2, extent: 4)),
      move("place one", [1], .place(axis: 0, start: 6, stride: 1, extent: 7)),
    ]

  static let reductions: [OperationRecord] =
    [
      move("sum of leading axis", [33, 7], .sum(axes: [0])),
      move("sum of trailing axis", [7, 33], .sum(axes: [1])),
      move("sum of middle axis", [3, 17, 2], .sum(axes: [1])),
      move("sum of outer axes", [3, 5, 7], .sum(axes: [0, 2])),
      move("sum of leading axes", [3, 5, 7], .sum(axes: [0, 1])),
      move("sum of all axes", [5, 13], .sum(axes: [0, 1])),
      move("sum of all axes, in any order", [5, 13], .sum(axes: [1, 0])),
      move("sum of one element", [1], .sum(axes: [0])),
      move("sum over an extent of one", [3, 1, 2], .sum(axes: [1])),
      move("sum of a parameter", parameter: [33, 7], .sum(axes: [0])),
      move("maximum of leading axis", [7, 5], .maximum(axis: 0)),
      move("maximum of trailing axis", [5, 17], .maximum(axis: 1)),
      move("maximum of middle axis", [2, 5, 3], .maximum(axis: 1)),
      move("maximum of one element", [4, 1], .maximum(axis: 1)),
    ]

  private static func move(
    _ name: String, _ shape: Shape, _ primitive: Primitive
  ) -> OperationRecord {
    OperationRecord(name, [.input("x", shape)], primitive: primitive)
  }

  private static func move(
    _ name: String, parameter shape: Shape, _ primitive: Primitive
  ) -> OperationRecord {
    OperationRecord(name, [.parameter("x", shape)], primitive: primitive)
  }
}
