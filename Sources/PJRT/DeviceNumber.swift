#if XLA
  internal import CPJRT

  /// Numbers that devices hold.
  package enum ElementType {
    case float32
    case int32
    case uint32

    var code: PJRT_Buffer_Type {
      switch self {
      case .float32: PJRT_Buffer_Type_F32
      case .int32: PJRT_Buffer_Type_S32
      case .uint32: PJRT_Buffer_Type_U32
      }
    }
  }

  /// A number of the host that devices know.
  package protocol DeviceNumber: BitwiseCopyable {
    static var elementType: ElementType { get }
    static var zero: Self { get }
  }

  extension Float: DeviceNumber {
    package static var elementType: ElementType { .float32 }
  }
  extension Int32: DeviceNumber {
    package static var elementType: ElementType { .int32 }
  }
  extension UInt32: DeviceNumber {
    package static var elementType: ElementType { .uint32 }
  }
#endif
