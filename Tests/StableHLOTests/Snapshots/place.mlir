module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x2xf32>) -> (tensor<2x9xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.pad %arg0, %0, low = [0, 1], high = [0, 4], interior = [0, 2] : (tensor<2x2xf32>, tensor<f32>) -> tensor<2x9xf32>
    return %1 : tensor<2x9xf32>
  }
}
