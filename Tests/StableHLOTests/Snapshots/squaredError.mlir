module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x1xf32>, %arg1: tensor<2x1xf32>) -> (tensor<f32>, tensor<2x1xf32>) {
    %0 = stablehlo.subtract %arg0, %arg1 : tensor<2x1xf32>
    %1 = stablehlo.multiply %0, %0 : tensor<2x1xf32>
    %2 = stablehlo.constant dense<0.0> : tensor<f32>
    %3 = stablehlo.reduce(%1 init: %2) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x1xf32>, tensor<f32>) -> tensor<f32>
    %4 = stablehlo.constant dense<0.5> : tensor<f32>
    %5 = stablehlo.multiply %3, %4 : tensor<f32>
    return %5, %0 : tensor<f32>, tensor<2x1xf32>
  }
}
