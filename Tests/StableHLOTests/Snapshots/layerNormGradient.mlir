module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>, %arg2: tensor<2xf32>, %arg3: tensor<2xf32>, %arg4: tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg3, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %2 = stablehlo.subtract %arg1, %1 : tensor<2x3xf32>
    %3 = stablehlo.multiply %2, %0 : tensor<2x3xf32>
    %4 = stablehlo.broadcast_in_dim %arg4, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
    %5 = stablehlo.multiply %arg0, %4 : tensor<2x3xf32>
    %6 = stablehlo.constant dense<0.0> : tensor<f32>
    %7 = stablehlo.reduce(%5 init: %6) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %8 = stablehlo.constant dense<0.33333334> : tensor<2xf32>
    %9 = stablehlo.multiply %7, %8 : tensor<2xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %11 = stablehlo.multiply %5, %3 : tensor<2x3xf32>
    %12 = stablehlo.reduce(%11 init: %6) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %13 = stablehlo.multiply %12, %8 : tensor<2xf32>
    %14 = stablehlo.broadcast_in_dim %13, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %15 = stablehlo.subtract %5, %10 : tensor<2x3xf32>
    %16 = stablehlo.multiply %3, %14 : tensor<2x3xf32>
    %17 = stablehlo.subtract %15, %16 : tensor<2x3xf32>
    %18 = stablehlo.multiply %17, %0 : tensor<2x3xf32>
    %19 = stablehlo.multiply %arg0, %3 : tensor<2x3xf32>
    %20 = stablehlo.reduce(%19 init: %6) applies stablehlo.add across dimensions = [0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
    %21 = stablehlo.reduce(%arg0 init: %6) applies stablehlo.add across dimensions = [0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
    return %18, %20, %21 : tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>
  }
}
