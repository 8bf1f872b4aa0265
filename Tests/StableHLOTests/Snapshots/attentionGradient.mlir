module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x3x4xf32>, %arg1: tensor<1x3x4xf32>, %arg2: tensor<1x3x4xf32>, %arg3: tensor<1x3x4xf32>, %arg4: tensor<1x2x3x3xf32>) -> (tensor<1x3x4xf32>, tensor<1x3x4xf32>, tensor<1x3x4xf32>) {
    %0 = stablehlo.reshape %arg1 : (tensor<1x3x4xf32>) -> tensor<1x3x2x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 1, 3] : (tensor<1x3x2x2xf32>) -> tensor<1x2x3x2xf32>
    %2 = stablehlo.reshape %arg2 : (tensor<1x3x4xf32>) -> tensor<1x3x2x2xf32>
    %3 = stablehlo.transpose %2, dims = [0, 2, 1, 3] : (tensor<1x3x2x2xf32>) -> tensor<1x2x3x2xf32>
    %4 = stablehlo.reshape %arg3 : (tensor<1x3x4xf32>) -> tensor<1x3x2x2xf32>
    %5 = stablehlo.transpose %4, dims = [0, 2, 1, 3] : (tensor<1x3x2x2xf32>) -> tensor<1x2x3x2xf32>
    %6 = stablehlo.reshape %arg0 : (tensor<1x3x4xf32>) -> tensor<1x3x2x2xf32>
    %7 = stablehlo.transpose %6, dims = [0, 2, 1, 3] : (tensor<1x3x2x2xf32>) -> tensor<1x2x3x2xf32>
    %8 = stablehlo.dot_general %7, %5, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<1x2x3x2xf32>, tensor<1x2x3x2xf32>) -> tensor<1x2x3x3xf32>
    %9 = stablehlo.constant dense<"0x0000803F00000000000000000000803F0000803F000000000000803F0000803F0000803F"> : tensor<3x3xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [2, 3] : (tensor<3x3xf32>) -> tensor<1x2x3x3xf32>
    %11 = stablehlo.multiply %8, %10 : tensor<1x2x3x3xf32>
    %12 = stablehlo.constant dense<0.5> : tensor<1x2x3x3xf32>
    %13 = stablehlo.multiply %11, %12 : tensor<1x2x3x3xf32>
    %14 = stablehlo.dot_general %13, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x2x3x3xf32>, tensor<1x2x3x2xf32>) -> tensor<1x2x3x2xf32>
    %15 = stablehlo.transpose %14, dims = [0, 2, 1, 3] : (tensor<1x2x3x2xf32>) -> tensor<1x3x2x2xf32>
    %16 = stablehlo.reshape %15 : (tensor<1x3x2x2xf32>) -> tensor<1x3x4xf32>
    %17 = stablehlo.dot_general %13, %1, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x2x3x3xf32>, tensor<1x2x3x2xf32>) -> tensor<1x2x3x2xf32>
    %18 = stablehlo.transpose %17, dims = [0, 2, 1, 3] : (tensor<1x2x3x2xf32>) -> tensor<1x3x2x2xf32>
    %19 = stablehlo.reshape %18 : (tensor<1x3x2x2xf32>) -> tensor<1x3x4xf32>
    %20 = stablehlo.dot_general %arg4, %7, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x2x3x3xf32>, tensor<1x2x3x2xf32>) -> tensor<1x2x3x2xf32>
    %21 = stablehlo.transpose %20, dims = [0, 2, 1, 3] : (tensor<1x2x3x2xf32>) -> tensor<1x3x2x2xf32>
    %22 = stablehlo.reshape %21 : (tensor<1x3x2x2xf32>) -> tensor<1x3x4xf32>
    return %16, %19, %22 : tensor<1x3x4xf32>, tensor<1x3x4xf32>, tensor<1x3x4xf32>
  }
}
