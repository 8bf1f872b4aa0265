module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<5xf32>, tensor<f32>) {
    %0 = stablehlo.multiply %arg0, %arg0 : tensor<5xf32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2 = stablehlo.reduce(%0 init: %1) applies stablehlo.add across dimensions = [0] : (tensor<5xf32>, tensor<f32>) -> tensor<f32>
    %3 = stablehlo.sqrt %2 : tensor<f32>
    %4 = stablehlo.constant dense<1.0> : tensor<f32>
    %5 = stablehlo.constant dense<1.0e-06> : tensor<f32>
    %6 = stablehlo.add %3, %5 : tensor<f32>
    %7 = stablehlo.divide %4, %6 : tensor<f32>
    %8 = stablehlo.constant dense<-1.0> : tensor<f32>
    %9 = stablehlo.multiply %7, %8 : tensor<f32>
    %10 = stablehlo.add %9, %4 : tensor<f32>
    %11 = stablehlo.compare GT, %10, %1 : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %12 = stablehlo.convert %11 : (tensor<i1>) -> tensor<f32>
    %13 = stablehlo.multiply %12, %7 : tensor<f32>
    %14 = stablehlo.multiply %12, %8 : tensor<f32>
    %15 = stablehlo.add %14, %4 : tensor<f32>
    %16 = stablehlo.add %13, %15 : tensor<f32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %18 = stablehlo.multiply %arg0, %17 : tensor<5xf32>
    return %18, %3 : tensor<5xf32>, tensor<f32>
  }
}
