module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>) -> (tensor<f32>, tensor<2x3xf32>) {
    %0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.reduce(%arg0 init: %0) applies stablehlo.maximum across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %3 = stablehlo.subtract %arg0, %2 : tensor<2x3xf32>
    %4 = stablehlo.exponential %3 : tensor<2x3xf32>
    %5 = stablehlo.constant dense<0.0> : tensor<f32>
    %6 = stablehlo.reduce(%4 init: %5) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %7 = stablehlo.subtract %arg0, %2 : tensor<2x3xf32>
    %8 = stablehlo.log %6 : tensor<2xf32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %10 = stablehlo.subtract %7, %9 : tensor<2x3xf32>
    %11 = stablehlo.broadcast_in_dim %6, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %12 = stablehlo.divide %4, %11 : tensor<2x3xf32>
    %13 = stablehlo.reduce(%arg1 init: %5) applies stablehlo.add across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %14 = stablehlo.broadcast_in_dim %13, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %15 = stablehlo.multiply %arg1, %10 : tensor<2x3xf32>
    %16 = stablehlo.reduce(%15 init: %5) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<f32>
    %17 = stablehlo.constant dense<-0.5> : tensor<f32>
    %18 = stablehlo.multiply %16, %17 : tensor<f32>
    %19 = stablehlo.multiply %12, %14 : tensor<2x3xf32>
    %20 = stablehlo.subtract %19, %arg1 : tensor<2x3xf32>
    %21 = stablehlo.constant dense<0.5> : tensor<2x3xf32>
    %22 = stablehlo.multiply %20, %21 : tensor<2x3xf32>
    return %18, %22 : tensor<f32>, tensor<2x3xf32>
  }
}
