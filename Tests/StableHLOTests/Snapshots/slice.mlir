module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x9xf32>) -> (tensor<2x2xf32>) {
    %0 = stablehlo.slice %arg0 [0:2, 1:5:3] : (tensor<2x9xf32>) -> tensor<2x2xf32>
    return %0 : tensor<2x2xf32>
  }
}
