module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
    %0 = stablehlo.multiply %arg0, %arg0 : tensor<3xf32>
    %1 = stablehlo.multiply %0, %arg0 : tensor<3xf32>
    %2 = stablehlo.constant dense<0.044715> : tensor<3xf32>
    %3 = stablehlo.multiply %1, %2 : tensor<3xf32>
    %4 = stablehlo.add %arg0, %3 : tensor<3xf32>
    %5 = stablehlo.constant dense<0.7978846> : tensor<3xf32>
    %6 = stablehlo.multiply %4, %5 : tensor<3xf32>
    %7 = stablehlo.tanh %6 : tensor<3xf32>
    %8 = stablehlo.constant dense<0.5> : tensor<3xf32>
    %9 = stablehlo.multiply %7, %8 : tensor<3xf32>
    %10 = stablehlo.add %9, %8 : tensor<3xf32>
    %11 = stablehlo.multiply %7, %7 : tensor<3xf32>
    %12 = stablehlo.constant dense<-1.0> : tensor<3xf32>
    %13 = stablehlo.multiply %11, %12 : tensor<3xf32>
    %14 = stablehlo.constant dense<1.0> : tensor<3xf32>
    %15 = stablehlo.add %13, %14 : tensor<3xf32>
    %16 = stablehlo.multiply %arg0, %15 : tensor<3xf32>
    %17 = stablehlo.multiply %16, %8 : tensor<3xf32>
    %18 = stablehlo.multiply %arg0, %arg0 : tensor<3xf32>
    %19 = stablehlo.constant dense<0.10703223> : tensor<3xf32>
    %20 = stablehlo.multiply %18, %19 : tensor<3xf32>
    %21 = stablehlo.add %20, %5 : tensor<3xf32>
    %22 = stablehlo.multiply %17, %21 : tensor<3xf32>
    %23 = stablehlo.multiply %arg0, %10 : tensor<3xf32>
    %24 = stablehlo.add %10, %22 : tensor<3xf32>
    return %23, %24 : tensor<3xf32>, tensor<3xf32>
  }
}
