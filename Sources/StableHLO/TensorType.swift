internal import Tensors

/// The type of an array in a module, such as `tensor<2x3xf32>`.
struct TensorType: Hashable, Sendable {
  enum Element: String, Sendable {
    case float32 = "f32"
    case bfloat16 = "bf16"
    case int32 = "i32"
    case uint32 = "ui32"
    case boolean = "i1"
  }

  let shape: Shape
  let element: Element

  init(_ shape: Shape, _ element: Element = .float32) {
    self.shape = shape
    self.element = element
  }

  var text: String {
    "tensor<\((shape.extents.map(String.init) + [element.rawValue]).joined(separator: "x"))>"
  }
}
