module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x3x4xf32>, %arg1: tensor<1x3x4xf32>, %arg2: tensor<1x3x4xf32>) -> (tensor<1x3x4xf32>, tensor<1x2x3x3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<1x3x4xf32>) -> tensor<1x3x2x2xf32>
    %1 = stablehlo.transpose %0, dims = [0, 2, 1, 3] : (tensor<1x3x2x2xf32>) -> tensor<1x2x3x2xf32>
    %2 = stablehlo.reshape %arg1 : (tensor<1x3x4xf32>) -> tensor<1x3x2x2xf32>
    %3 = stablehlo.transpose %2, dims = [0, 2, 1, 3] : (tensor<1x3x2x2xf32>) -> tensor<1x2x3x2xf32>
    %4 = stablehlo.reshape %arg2 : (tensor<1x3x4xf32>) -> tensor<1x3x2x2xf32>
    %5 = stablehlo.transpose %4, dims = [0, 2, 1, 3] : (tensor<1x3x2x2xf32>) -> tensor<1x2x3x2xf32>
    %6 = stablehlo.dot_general %1, %3, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [HIGHEST, HIGHEST] : (tensor<1x2x3x2xf32>, tensor<1x2x3x2xf32>) -> tensor<1x2x3x3xf32>
    %7 = stablehlo.constant dense<0.5> : tensor<1x2x3x3xf32>
    %8 = stablehlo.multiply %6, %7 : tensor<1x2x3x3xf32>
    %9 = stablehlo.constant dense<"0x0000803F00000000000000000000803F0000803F000000000000803F0000803F0000803F"> : tensor<3x3xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [2, 3] : (tensor<3x3xf32>) -> tensor<1x2x3x3xf32>
    %11 = stablehlo.constant dense<-1.0> : tensor<1x2x3x3xf32>
    %12 = stablehlo.add %10, %11 : tensor<1x2x3x3xf32>
    %13 = stablehlo.constant dense<1.0e+30> : tensor<1x2x3x3xf32>
    %14 = stablehlo.multiply %12, %13 : tensor<1x2x3x3xf32>
    %15 = stablehlo.multiply %8, %10 : tensor<1x2x3x3xf32>
    %16 = stablehlo.add %15, %14 : tensor<1x2x3x3xf32>
    %17 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %18 = stablehlo.reduce(%16 init: %17) applies stablehlo.maximum across dimensions = [3] : (tensor<1x2x3x3xf32>, tensor<f32>) -> tensor<1x2x3xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x2x3xf32>) -> tensor<1x2x3x3xf32>
    %20 = stablehlo.subtract %16, %19 : tensor<1x2x3x3xf32>
    %21 = stablehlo.exponential %20 : tensor<1x2x3x3xf32>
    %22 = stablehlo.multiply %21, %10 : tensor<1x2x3x3xf32>
    %23 = stablehlo.constant dense<0.0> : tensor<f32>
    %24 = stablehlo.reduce(%22 init: %23) applies stablehlo.add across dimensions = [3] : (tensor<1x2x3x3xf32>, tensor<f32>) -> tensor<1x2x3xf32>
    %25 = stablehlo.constant dense<0.0> : tensor<3xf32>
    %26 = stablehlo.broadcast_in_dim %25, dims = [2] : (tensor<3xf32>) -> tensor<1x2x3xf32>
    %27 = stablehlo.add %24, %26 : tensor<1x2x3xf32>
    %28 = stablehlo.broadcast_in_dim %27, dims = [0, 1, 2] : (tensor<1x2x3xf32>) -> tensor<1x2x3x3xf32>
    %29 = stablehlo.divide %22, %28 : tensor<1x2x3x3xf32>
    %30 = stablehlo.dot_general %29, %5, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [HIGHEST, HIGHEST] : (tensor<1x2x3x3xf32>, tensor<1x2x3x2xf32>) -> tensor<1x2x3x2xf32>
    %31 = stablehlo.transpose %30, dims = [0, 2, 1, 3] : (tensor<1x2x3x2xf32>) -> tensor<1x3x2x2xf32>
    %32 = stablehlo.reshape %31 : (tensor<1x3x2x2xf32>) -> tensor<1x3x4xf32>
    return %32, %29 : tensor<1x3x4xf32>, tensor<1x2x3x3xf32>
  }
}
