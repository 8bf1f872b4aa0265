module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 2 : i32} {
  func.func private @step(%parameters: tensor<4xf32>, %firstMoment: tensor<4xf32>, %secondMoment: tensor<4xf32>, %schedule: tensor<3xf32>, %tokens: tensor<2x1x3xf32>, %targets: tensor<2x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<2xui32>, tensor<i1>) {
    %0 = stablehlo.slice %parameters [0:3] : (tensor<4xf32>) -> tensor<3xf32>
    %1 = stablehlo.reshape %0 : (tensor<3xf32>) -> tensor<3x1xf32>
    %2 = stablehlo.slice %parameters [3:4] : (tensor<4xf32>) -> tensor<1xf32>
    %3 = stablehlo.reshape %tokens : (tensor<2x1x3xf32>) -> tensor<2x3xf32>
    %4 = stablehlo.dot_general %3, %1, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST] : (tensor<2x3xf32>, tensor<3x1xf32>) -> tensor<2x1xf32>
    %5 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<1xf32>) -> tensor<2x1xf32>
    %6 = stablehlo.add %4, %5 : tensor<2x1xf32>
    %7 = stablehlo.reshape %6 : (tensor<2x1xf32>) -> tensor<2x1x1xf32>
    %8 = stablehlo.subtract %7, %targets : tensor<2x1x1xf32>
    %9 = stablehlo.multiply %8, %8 : tensor<2x1x1xf32>
    %10 = stablehlo.constant dense<0.0> : tensor<f32>
    %11 = stablehlo.reduce(%9 init: %10) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<2x1x1xf32>, tensor<f32>) -> tensor<f32>
    %12 = stablehlo.constant dense<0.25> : tensor<f32>
    %13 = stablehlo.multiply %11, %12 : tensor<f32>
    %14 = stablehlo.constant dense<0.5> : tensor<2x1x1xf32>
    %15 = stablehlo.multiply %8, %14 : tensor<2x1x1xf32>
    %16 = stablehlo.reshape %tokens : (tensor<2x1x3xf32>) -> tensor<2x3xf32>
    %17 = stablehlo.reshape %15 : (tensor<2x1x1xf32>) -> tensor<2x1xf32>
    %18 = stablehlo.dot_general %16, %17, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST] : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<3x1xf32>
    %19 = stablehlo.reduce(%17 init: %10) applies stablehlo.add across dimensions = [0] : (tensor<2x1xf32>, tensor<f32>) -> tensor<1xf32>
    %20 = stablehlo.reshape %18 : (tensor<3x1xf32>) -> tensor<3xf32>
    %21 = stablehlo.concatenate %20, %19, dim = 0 : (tensor<3xf32>, tensor<1xf32>) -> tensor<4xf32>
    %22 = stablehlo.reshape %13 : (tensor<f32>) -> tensor<1xf32>
    %23 = stablehlo.concatenate %22, %21, dim = 0 : (tensor<1xf32>, tensor<4xf32>) -> tensor<5xf32>
    %24 = "stablehlo.all_reduce"(%23) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({ ^bb0(%left: tensor<f32>, %right: tensor<f32>): %sum = stablehlo.add %left, %right : tensor<f32> stablehlo.return %sum : tensor<f32> }) : (tensor<5xf32>) -> tensor<5xf32>
    %25 = stablehlo.slice %24 [0:1] : (tensor<5xf32>) -> tensor<1xf32>
    %26 = stablehlo.reshape %25 : (tensor<1xf32>) -> tensor<f32>
    %27 = stablehlo.slice %24 [1:5] : (tensor<5xf32>) -> tensor<4xf32>
    %28 = stablehlo.multiply %27, %27 : tensor<4xf32>
    %29 = stablehlo.reduce(%28 init: %10) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    %30 = stablehlo.sqrt %29 : tensor<f32>
    %31 = stablehlo.constant dense<1.0> : tensor<f32>
    %32 = stablehlo.constant dense<1.0e-06> : tensor<f32>
    %33 = stablehlo.add %30, %32 : tensor<f32>
    %34 = stablehlo.divide %31, %33 : tensor<f32>
    %35 = stablehlo.constant dense<-1.0> : tensor<f32>
    %36 = stablehlo.multiply %34, %35 : tensor<f32>
    %37 = stablehlo.add %36, %31 : tensor<f32>
    %38 = stablehlo.compare GT, %37, %10 : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %39 = stablehlo.convert %38 : (tensor<i1>) -> tensor<f32>
    %40 = stablehlo.multiply %39, %34 : tensor<f32>
    %41 = stablehlo.multiply %39, %35 : tensor<f32>
    %42 = stablehlo.add %41, %31 : tensor<f32>
    %43 = stablehlo.add %40, %42 : tensor<f32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %45 = stablehlo.multiply %27, %44 : tensor<4xf32>
    %46 = stablehlo.slice %schedule [0:1] : (tensor<3xf32>) -> tensor<1xf32>
    %47 = stablehlo.reshape %46 : (tensor<1xf32>) -> tensor<f32>
    %48 = stablehlo.broadcast_in_dim %47, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %49 = stablehlo.slice %schedule [1:2] : (tensor<3xf32>) -> tensor<1xf32>
    %50 = stablehlo.reshape %49 : (tensor<1xf32>) -> tensor<f32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %52 = stablehlo.slice %schedule [2:3] : (tensor<3xf32>) -> tensor<1xf32>
    %53 = stablehlo.reshape %52 : (tensor<1xf32>) -> tensor<f32>
    %54 = stablehlo.broadcast_in_dim %53, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %55 = stablehlo.constant dense<0.9> : tensor<4xf32>
    %56 = stablehlo.multiply %firstMoment, %55 : tensor<4xf32>
    %57 = stablehlo.constant dense<0.100000024> : tensor<4xf32>
    %58 = stablehlo.multiply %45, %57 : tensor<4xf32>
    %59 = stablehlo.add %56, %58 : tensor<4xf32>
    %60 = stablehlo.constant dense<0.999> : tensor<4xf32>
    %61 = stablehlo.multiply %secondMoment, %60 : tensor<4xf32>
    %62 = stablehlo.multiply %45, %45 : tensor<4xf32>
    %63 = stablehlo.constant dense<0.0009999871> : tensor<4xf32>
    %64 = stablehlo.multiply %62, %63 : tensor<4xf32>
    %65 = stablehlo.add %61, %64 : tensor<4xf32>
    %66 = stablehlo.multiply %65, %54 : tensor<4xf32>
    %67 = stablehlo.sqrt %66 : tensor<4xf32>
    %68 = stablehlo.constant dense<1.0e-08> : tensor<4xf32>
    %69 = stablehlo.add %67, %68 : tensor<4xf32>
    %70 = stablehlo.multiply %59, %51 : tensor<4xf32>
    %71 = stablehlo.divide %70, %69 : tensor<4xf32>
    %72 = stablehlo.constant dense<0.01> : tensor<4xf32>
    %73 = stablehlo.multiply %parameters, %72 : tensor<4xf32>
    %74 = stablehlo.add %71, %73 : tensor<4xf32>
    %75 = stablehlo.multiply %48, %74 : tensor<4xf32>
    %76 = stablehlo.subtract %parameters, %75 : tensor<4xf32>
    %77 = stablehlo.is_finite %26 : (tensor<f32>) -> tensor<i1>
    %78 = stablehlo.is_finite %30 : (tensor<f32>) -> tensor<i1>
    %79 = stablehlo.and %77, %78 : tensor<i1>
    %80 = stablehlo.broadcast_in_dim %79, dims = [] : (tensor<i1>) -> tensor<4xi1>
    %81 = stablehlo.select %80, %76, %parameters : tensor<4xi1>, tensor<4xf32>
    %82 = stablehlo.select %80, %59, %firstMoment : tensor<4xi1>, tensor<4xf32>
    %83 = stablehlo.select %80, %65, %secondMoment : tensor<4xi1>, tensor<4xf32>
    %84 = stablehlo.constant dense<true> : tensor<i1>
    %85 = stablehlo.is_finite %81 : (tensor<4xf32>) -> tensor<4xi1>
    %86 = stablehlo.reduce(%85 init: %84) applies stablehlo.and across dimensions = [0] : (tensor<4xi1>, tensor<i1>) -> tensor<i1>
    %87 = stablehlo.and %84, %86 : tensor<i1>
    %88 = stablehlo.is_finite %82 : (tensor<4xf32>) -> tensor<4xi1>
    %89 = stablehlo.reduce(%88 init: %84) applies stablehlo.and across dimensions = [0] : (tensor<4xi1>, tensor<i1>) -> tensor<i1>
    %90 = stablehlo.and %87, %89 : tensor<i1>
    %91 = stablehlo.is_finite %83 : (tensor<4xf32>) -> tensor<4xi1>
    %92 = stablehlo.reduce(%91 init: %84) applies stablehlo.and across dimensions = [0] : (tensor<4xi1>, tensor<i1>) -> tensor<i1>
    %93 = stablehlo.and %90, %92 : tensor<i1>
    %94 = stablehlo.and %79, %93 : tensor<i1>
    %95 = stablehlo.convert %93 : (tensor<i1>) -> tensor<f32>
    %96 = stablehlo.reshape %26 : (tensor<f32>) -> tensor<1xf32>
    %97 = stablehlo.reshape %30 : (tensor<f32>) -> tensor<1xf32>
    %98 = stablehlo.reshape %95 : (tensor<f32>) -> tensor<1xf32>
    %99 = stablehlo.concatenate %96, %97, %98, dim = 0 : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<3xf32>
    %100 = stablehlo.bitcast_convert %27 : (tensor<4xf32>) -> tensor<4xui32>
    %101 = stablehlo.iota dim = 0 : tensor<4xui32>
    %102 = stablehlo.constant dense<2654435770> : tensor<4xui32>
    %103 = stablehlo.multiply %101, %102 : tensor<4xui32>
    %104 = stablehlo.constant dense<1> : tensor<4xui32>
    %105 = stablehlo.or %103, %104 : tensor<4xui32>
    %106 = stablehlo.constant dense<0> : tensor<ui32>
    %107 = stablehlo.multiply %100, %105 : tensor<4xui32>
    %108 = stablehlo.reduce(%100 init: %106) applies stablehlo.add across dimensions = [0] : (tensor<4xui32>, tensor<ui32>) -> tensor<ui32>
    %109 = stablehlo.reshape %108 : (tensor<ui32>) -> tensor<1xui32>
    %110 = stablehlo.reduce(%107 init: %106) applies stablehlo.add across dimensions = [0] : (tensor<4xui32>, tensor<ui32>) -> tensor<ui32>
    %111 = stablehlo.reshape %110 : (tensor<ui32>) -> tensor<1xui32>
    %112 = stablehlo.concatenate %109, %111, dim = 0 : (tensor<1xui32>, tensor<1xui32>) -> tensor<2xui32>
    return %81, %82, %83, %99, %112, %94 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<2xui32>, tensor<i1>
  }
  func.func public @main(%parameters: tensor<4xf32> {tf.aliasing_output = 0 : i32}, %firstMoment: tensor<4xf32> {tf.aliasing_output = 1 : i32}, %secondMoment: tensor<4xf32> {tf.aliasing_output = 2 : i32}, %count: tensor<i32>, %schedules: tensor<5x3xf32>, %tokens: tensor<5x2x1x3xf32>, %targets: tensor<5x2x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2xui32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.constant dense<true> : tensor<i1>
    %2 = stablehlo.constant dense<0.0> : tensor<5x3xf32>
    %3 = stablehlo.constant dense<0> : tensor<5x2xui32>
    %4:11 = stablehlo.while(%carried0 = %parameters, %carried1 = %firstMoment, %carried2 = %secondMoment, %carried3 = %0, %carried4 = %1, %carried5 = %2, %carried6 = %3, %carried7 = %count, %carried8 = %schedules, %carried9 = %tokens, %carried10 = %targets) : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2x1x3xf32>, tensor<5x2x1x1xf32> cond {
      %isBefore = stablehlo.compare LT, %carried3, %carried7 : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %continues = stablehlo.and %isBefore, %carried4 : tensor<i1>
      stablehlo.return %continues : tensor<i1>
    } do {
      %next:11 = func.call @advance(%carried0, %carried1, %carried2, %carried3, %carried4, %carried5, %carried6, %carried7, %carried8, %carried9, %carried10) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2x1x3xf32>, tensor<5x2x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2x1x3xf32>, tensor<5x2x1x1xf32>)
      stablehlo.return %next#0, %next#1, %next#2, %next#3, %next#4, %next#5, %next#6, %next#7, %next#8, %next#9, %next#10 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2x1x3xf32>, tensor<5x2x1x1xf32>
    }
    return %4#0, %4#1, %4#2, %4#3, %4#5, %4#6 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2xui32>
  }
  func.func private @advance(%parameters: tensor<4xf32>, %firstMoment: tensor<4xf32>, %secondMoment: tensor<4xf32>, %index: tensor<i32>, %succeeds: tensor<i1>, %metrics: tensor<5x3xf32>, %hashes: tensor<5x2xui32>, %count: tensor<i32>, %schedules: tensor<5x3xf32>, %tokens: tensor<5x2x1x3xf32>, %targets: tensor<5x2x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2x1x3xf32>, tensor<5x2x1x1xf32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_slice %schedules, %index, %0, sizes = [1, 3] : (tensor<5x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
    %2 = stablehlo.reshape %1 : (tensor<1x3xf32>) -> tensor<3xf32>
    %3 = stablehlo.dynamic_slice %tokens, %index, %0, %0, %0, sizes = [1, 2, 1, 3] : (tensor<5x2x1x3xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x2x1x3xf32>
    %4 = stablehlo.reshape %3 : (tensor<1x2x1x3xf32>) -> tensor<2x1x3xf32>
    %5 = stablehlo.dynamic_slice %targets, %index, %0, %0, %0, sizes = [1, 2, 1, 1] : (tensor<5x2x1x1xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x2x1x1xf32>
    %6 = stablehlo.reshape %5 : (tensor<1x2x1x1xf32>) -> tensor<2x1x1xf32>
    %7:6 = func.call @step(%parameters, %firstMoment, %secondMoment, %2, %4, %6) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<2x1x3xf32>, tensor<2x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<2xui32>, tensor<i1>)
    %8 = stablehlo.constant dense<1> : tensor<i32>
    %9 = stablehlo.add %index, %8 : tensor<i32>
    %10 = stablehlo.reshape %7#3 : (tensor<3xf32>) -> tensor<1x3xf32>
    %11 = stablehlo.dynamic_update_slice %metrics, %10, %index, %0 : (tensor<5x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<5x3xf32>
    %12 = stablehlo.reshape %7#4 : (tensor<2xui32>) -> tensor<1x2xui32>
    %13 = stablehlo.dynamic_update_slice %hashes, %12, %index, %0 : (tensor<5x2xui32>, tensor<1x2xui32>, tensor<i32>, tensor<i32>) -> tensor<5x2xui32>
    return %7#0, %7#1, %7#2, %9, %7#5, %11, %13, %count, %schedules, %tokens, %targets : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2x1x3xf32>, tensor<5x2x1x1xf32>
  }
}
