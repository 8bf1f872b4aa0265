module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main() -> (tensor<0x2xf32>) {
    %0 = stablehlo.constant dense<> : tensor<0x2xf32>
    return %0 : tensor<0x2xf32>
  }
}
