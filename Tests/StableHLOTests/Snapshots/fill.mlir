module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main() -> (tensor<2x3xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}
