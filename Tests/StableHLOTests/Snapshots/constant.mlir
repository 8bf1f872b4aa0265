module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main() -> (tensor<2x2xf32>) {
    %0 = stablehlo.constant dense<"0x0000803F000000BF00004040DA0F4940"> : tensor<2x2xf32>
    return %0 : tensor<2x2xf32>
  }
}
