module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<5xf32>, %arg1: tensor<5xf32>, %arg2: tensor<5xf32>, %arg3: tensor<5xf32>, %arg4: tensor<3xf32>) -> (tensor<5xf32>, tensor<5xf32>, tensor<5xf32>) {
    %0 = stablehlo.slice %arg4 [0:1] : (tensor<3xf32>) -> tensor<1xf32>
    %1 = stablehlo.reshape %0 : (tensor<1xf32>) -> tensor<f32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %3 = stablehlo.slice %arg4 [1:2] : (tensor<3xf32>) -> tensor<1xf32>
    %4 = stablehlo.reshape %3 : (tensor<1xf32>) -> tensor<f32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %6 = stablehlo.slice %arg4 [2:3] : (tensor<3xf32>) -> tensor<1xf32>
    %7 = stablehlo.reshape %6 : (tensor<1xf32>) -> tensor<f32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %9 = stablehlo.constant dense<0.9> : tensor<5xf32>
    %10 = stablehlo.multiply %arg2, %9 : tensor<5xf32>
    %11 = stablehlo.constant dense<0.100000024> : tensor<5xf32>
    %12 = stablehlo.multiply %arg1, %11 : tensor<5xf32>
    %13 = stablehlo.add %10, %12 : tensor<5xf32>
    %14 = stablehlo.constant dense<0.999> : tensor<5xf32>
    %15 = stablehlo.multiply %arg3, %14 : tensor<5xf32>
    %16 = stablehlo.multiply %arg1, %arg1 : tensor<5xf32>
    %17 = stablehlo.constant dense<0.0009999871> : tensor<5xf32>
    %18 = stablehlo.multiply %16, %17 : tensor<5xf32>
    %19 = stablehlo.add %15, %18 : tensor<5xf32>
    %20 = stablehlo.multiply %19, %8 : tensor<5xf32>
    %21 = stablehlo.sqrt %20 : tensor<5xf32>
    %22 = stablehlo.constant dense<1.0e-08> : tensor<5xf32>
    %23 = stablehlo.add %21, %22 : tensor<5xf32>
    %24 = stablehlo.multiply %13, %5 : tensor<5xf32>
    %25 = stablehlo.divide %24, %23 : tensor<5xf32>
    %26 = stablehlo.constant dense<0.01> : tensor<5xf32>
    %27 = stablehlo.multiply %arg0, %26 : tensor<5xf32>
    %28 = stablehlo.add %25, %27 : tensor<5xf32>
    %29 = stablehlo.multiply %2, %28 : tensor<5xf32>
    %30 = stablehlo.subtract %arg0, %29 : tensor<5xf32>
    return %30, %13, %19 : tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
  }
}
