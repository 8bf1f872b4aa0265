module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<3xf32>, %arg2: tensor<3xf32>) -> (tensor<2x3xf32>, tensor<2xf32>, tensor<2xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.reduce(%arg0 init: %0) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %2 = stablehlo.constant dense<0.33333334> : tensor<2xf32>
    %3 = stablehlo.multiply %1, %2 : tensor<2xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<2x3xf32>
    %6 = stablehlo.multiply %5, %5 : tensor<2x3xf32>
    %7 = stablehlo.reduce(%6 init: %0) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %8 = stablehlo.multiply %7, %2 : tensor<2xf32>
    %9 = stablehlo.constant dense<1.0> : tensor<2xf32>
    %10 = stablehlo.constant dense<1.0e-05> : tensor<2xf32>
    %11 = stablehlo.add %8, %10 : tensor<2xf32>
    %12 = stablehlo.sqrt %11 : tensor<2xf32>
    %13 = stablehlo.divide %9, %12 : tensor<2xf32>
    %14 = stablehlo.broadcast_in_dim %13, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %15 = stablehlo.multiply %5, %14 : tensor<2x3xf32>
    %16 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
    %17 = stablehlo.multiply %15, %16 : tensor<2x3xf32>
    %18 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
    %19 = stablehlo.add %17, %18 : tensor<2x3xf32>
    return %19, %3, %13 : tensor<2x3xf32>, tensor<2xf32>, tensor<2xf32>
  }
}
