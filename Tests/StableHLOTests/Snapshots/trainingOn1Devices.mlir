module @manabi attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func private @step(%parameters: tensor<4xf32>, %firstMoment: tensor<4xf32>, %secondMoment: tensor<4xf32>, %schedule: tensor<3xf32>, %tokens: tensor<4x1x3xf32>, %targets: tensor<4x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<2xui32>, tensor<i1>) {
    %0 = stablehlo.slice %parameters [0:3] : (tensor<4xf32>) -> tensor<3xf32>
    %1 = stablehlo.reshape %0 : (tensor<3xf32>) -> tensor<3x1xf32>
    %2 = stablehlo.slice %parameters [3:4] : (tensor<4xf32>) -> tensor<1xf32>
    %3 = stablehlo.reshape %tokens : (tensor<4x1x3xf32>) -> tensor<4x3xf32>
    %4 = stablehlo.dot_general %3, %1, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST] : (tensor<4x3xf32>, tensor<3x1xf32>) -> tensor<4x1xf32>
    %5 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<1xf32>) -> tensor<4x1xf32>
    %6 = stablehlo.add %4, %5 : tensor<4x1xf32>
    %7 = stablehlo.reshape %6 : (tensor<4x1xf32>) -> tensor<4x1x1xf32>
    %8 = stablehlo.subtract %7, %targets : tensor<4x1x1xf32>
    %9 = stablehlo.multiply %8, %8 : tensor<4x1x1xf32>
    %10 = stablehlo.constant dense<0.0> : tensor<f32>
    %11 = stablehlo.reduce(%9 init: %10) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<4x1x1xf32>, tensor<f32>) -> tensor<f32>
    %12 = stablehlo.constant dense<0.25> : tensor<f32>
    %13 = stablehlo.multiply %11, %12 : tensor<f32>
    %14 = stablehlo.constant dense<0.5> : tensor<4x1x1xf32>
    %15 = stablehlo.multiply %8, %14 : tensor<4x1x1xf32>
    %16 = stablehlo.reshape %tokens : (tensor<4x1x3xf32>) -> tensor<4x3xf32>
    %17 = stablehlo.reshape %15 : (tensor<4x1x1xf32>) -> tensor<4x1xf32>
    %18 = stablehlo.dot_general %16, %17, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST] : (tensor<4x3xf32>, tensor<4x1xf32>) -> tensor<3x1xf32>
    %19 = stablehlo.reduce(%17 init: %10) applies stablehlo.add across dimensions = [0] : (tensor<4x1xf32>, tensor<f32>) -> tensor<1xf32>
    %20 = stablehlo.reshape %18 : (tensor<3x1xf32>) -> tensor<3xf32>
    %21 = stablehlo.concatenate %20, %19, dim = 0 : (tensor<3xf32>, tensor<1xf32>) -> tensor<4xf32>
    %22 = stablehlo.multiply %21, %21 : tensor<4xf32>
    %23 = stablehlo.reduce(%22 init: %10) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    %24 = stablehlo.sqrt %23 : tensor<f32>
    %25 = stablehlo.constant dense<1.0> : tensor<f32>
    %26 = stablehlo.constant dense<1.0e-06> : tensor<f32>
    %27 = stablehlo.add %24, %26 : tensor<f32>
    %28 = stablehlo.divide %25, %27 : tensor<f32>
    %29 = stablehlo.constant dense<-1.0> : tensor<f32>
    %30 = stablehlo.multiply %28, %29 : tensor<f32>
    %31 = stablehlo.add %30, %25 : tensor<f32>
    %32 = stablehlo.compare GT, %31, %10 : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %33 = stablehlo.convert %32 : (tensor<i1>) -> tensor<f32>
    %34 = stablehlo.multiply %33, %28 : tensor<f32>
    %35 = stablehlo.multiply %33, %29 : tensor<f32>
    %36 = stablehlo.add %35, %25 : tensor<f32>
    %37 = stablehlo.add %34, %36 : tensor<f32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %39 = stablehlo.multiply %21, %38 : tensor<4xf32>
    %40 = stablehlo.slice %schedule [0:1] : (tensor<3xf32>) -> tensor<1xf32>
    %41 = stablehlo.reshape %40 : (tensor<1xf32>) -> tensor<f32>
    %42 = stablehlo.broadcast_in_dim %41, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %43 = stablehlo.slice %schedule [1:2] : (tensor<3xf32>) -> tensor<1xf32>
    %44 = stablehlo.reshape %43 : (tensor<1xf32>) -> tensor<f32>
    %45 = stablehlo.broadcast_in_dim %44, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %46 = stablehlo.slice %schedule [2:3] : (tensor<3xf32>) -> tensor<1xf32>
    %47 = stablehlo.reshape %46 : (tensor<1xf32>) -> tensor<f32>
    %48 = stablehlo.broadcast_in_dim %47, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %49 = stablehlo.constant dense<0.9> : tensor<4xf32>
    %50 = stablehlo.multiply %firstMoment, %49 : tensor<4xf32>
    %51 = stablehlo.constant dense<0.100000024> : tensor<4xf32>
    %52 = stablehlo.multiply %39, %51 : tensor<4xf32>
    %53 = stablehlo.add %50, %52 : tensor<4xf32>
    %54 = stablehlo.constant dense<0.999> : tensor<4xf32>
    %55 = stablehlo.multiply %secondMoment, %54 : tensor<4xf32>
    %56 = stablehlo.multiply %39, %39 : tensor<4xf32>
    %57 = stablehlo.constant dense<0.0009999871> : tensor<4xf32>
    %58 = stablehlo.multiply %56, %57 : tensor<4xf32>
    %59 = stablehlo.add %55, %58 : tensor<4xf32>
    %60 = stablehlo.multiply %59, %48 : tensor<4xf32>
    %61 = stablehlo.sqrt %60 : tensor<4xf32>
    %62 = stablehlo.constant dense<1.0e-08> : tensor<4xf32>
    %63 = stablehlo.add %61, %62 : tensor<4xf32>
    %64 = stablehlo.multiply %53, %45 : tensor<4xf32>
    %65 = stablehlo.divide %64, %63 : tensor<4xf32>
    %66 = stablehlo.constant dense<0.01> : tensor<4xf32>
    %67 = stablehlo.multiply %parameters, %66 : tensor<4xf32>
    %68 = stablehlo.add %65, %67 : tensor<4xf32>
    %69 = stablehlo.multiply %42, %68 : tensor<4xf32>
    %70 = stablehlo.subtract %parameters, %69 : tensor<4xf32>
    %71 = stablehlo.is_finite %13 : (tensor<f32>) -> tensor<i1>
    %72 = stablehlo.is_finite %24 : (tensor<f32>) -> tensor<i1>
    %73 = stablehlo.and %71, %72 : tensor<i1>
    %74 = stablehlo.broadcast_in_dim %73, dims = [] : (tensor<i1>) -> tensor<4xi1>
    %75 = stablehlo.select %74, %70, %parameters : tensor<4xi1>, tensor<4xf32>
    %76 = stablehlo.select %74, %53, %firstMoment : tensor<4xi1>, tensor<4xf32>
    %77 = stablehlo.select %74, %59, %secondMoment : tensor<4xi1>, tensor<4xf32>
    %78 = stablehlo.constant dense<true> : tensor<i1>
    %79 = stablehlo.is_finite %75 : (tensor<4xf32>) -> tensor<4xi1>
    %80 = stablehlo.reduce(%79 init: %78) applies stablehlo.and across dimensions = [0] : (tensor<4xi1>, tensor<i1>) -> tensor<i1>
    %81 = stablehlo.and %78, %80 : tensor<i1>
    %82 = stablehlo.is_finite %76 : (tensor<4xf32>) -> tensor<4xi1>
    %83 = stablehlo.reduce(%82 init: %78) applies stablehlo.and across dimensions = [0] : (tensor<4xi1>, tensor<i1>) -> tensor<i1>
    %84 = stablehlo.and %81, %83 : tensor<i1>
    %85 = stablehlo.is_finite %77 : (tensor<4xf32>) -> tensor<4xi1>
    %86 = stablehlo.reduce(%85 init: %78) applies stablehlo.and across dimensions = [0] : (tensor<4xi1>, tensor<i1>) -> tensor<i1>
    %87 = stablehlo.and %84, %86 : tensor<i1>
    %88 = stablehlo.and %73, %87 : tensor<i1>
    %89 = stablehlo.convert %87 : (tensor<i1>) -> tensor<f32>
    %90 = stablehlo.reshape %13 : (tensor<f32>) -> tensor<1xf32>
    %91 = stablehlo.reshape %24 : (tensor<f32>) -> tensor<1xf32>
    %92 = stablehlo.reshape %89 : (tensor<f32>) -> tensor<1xf32>
    %93 = stablehlo.concatenate %90, %91, %92, dim = 0 : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<3xf32>
    %94 = stablehlo.bitcast_convert %21 : (tensor<4xf32>) -> tensor<4xui32>
    %95 = stablehlo.iota dim = 0 : tensor<4xui32>
    %96 = stablehlo.constant dense<2654435770> : tensor<4xui32>
    %97 = stablehlo.multiply %95, %96 : tensor<4xui32>
    %98 = stablehlo.constant dense<1> : tensor<4xui32>
    %99 = stablehlo.or %97, %98 : tensor<4xui32>
    %100 = stablehlo.constant dense<0> : tensor<ui32>
    %101 = stablehlo.multiply %94, %99 : tensor<4xui32>
    %102 = stablehlo.reduce(%94 init: %100) applies stablehlo.add across dimensions = [0] : (tensor<4xui32>, tensor<ui32>) -> tensor<ui32>
    %103 = stablehlo.reshape %102 : (tensor<ui32>) -> tensor<1xui32>
    %104 = stablehlo.reduce(%101 init: %100) applies stablehlo.add across dimensions = [0] : (tensor<4xui32>, tensor<ui32>) -> tensor<ui32>
    %105 = stablehlo.reshape %104 : (tensor<ui32>) -> tensor<1xui32>
    %106 = stablehlo.concatenate %103, %105, dim = 0 : (tensor<1xui32>, tensor<1xui32>) -> tensor<2xui32>
    return %75, %76, %77, %93, %106, %88 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<2xui32>, tensor<i1>
  }
  func.func public @main(%parameters: tensor<4xf32> {tf.aliasing_output = 0 : i32}, %firstMoment: tensor<4xf32> {tf.aliasing_output = 1 : i32}, %secondMoment: tensor<4xf32> {tf.aliasing_output = 2 : i32}, %count: tensor<i32>, %schedules: tensor<5x3xf32>, %tokens: tensor<5x4x1x3xf32>, %targets: tensor<5x4x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2xui32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.constant dense<true> : tensor<i1>
    %2 = stablehlo.constant dense<0.0> : tensor<5x3xf32>
    %3 = stablehlo.constant dense<0> : tensor<5x2xui32>
    %4:11 = stablehlo.while(%carried0 = %parameters, %carried1 = %firstMoment, %carried2 = %secondMoment, %carried3 = %0, %carried4 = %1, %carried5 = %2, %carried6 = %3, %carried7 = %count, %carried8 = %schedules, %carried9 = %tokens, %carried10 = %targets) : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x4x1x3xf32>, tensor<5x4x1x1xf32> cond {
      %isBefore = stablehlo.compare LT, %carried3, %carried7 : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %continues = stablehlo.and %isBefore, %carried4 : tensor<i1>
      stablehlo.return %continues : tensor<i1>
    } do {
      %next:11 = func.call @advance(%carried0, %carried1, %carried2, %carried3, %carried4, %carried5, %carried6, %carried7, %carried8, %carried9, %carried10) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x4x1x3xf32>, tensor<5x4x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x4x1x3xf32>, tensor<5x4x1x1xf32>)
      stablehlo.return %next#0, %next#1, %next#2, %next#3, %next#4, %next#5, %next#6, %next#7, %next#8, %next#9, %next#10 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x4x1x3xf32>, tensor<5x4x1x1xf32>
    }
    return %4#0, %4#1, %4#2, %4#3, %4#5, %4#6 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<5x3xf32>, tensor<5x2xui32>
  }
  func.func private @advance(%parameters: tensor<4xf32>, %firstMoment: tensor<4xf32>, %secondMoment: tensor<4xf32>, %index: tensor<i32>, %succeeds: tensor<i1>, %metrics: tensor<5x3xf32>, %hashes: tensor<5x2xui32>, %count: tensor<i32>, %schedules: tensor<5x3xf32>, %tokens: tensor<5x4x1x3xf32>, %targets: tensor<5x4x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x4x1x3xf32>, tensor<5x4x1x1xf32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_slice %schedules, %index, %0, sizes = [1, 3] : (tensor<5x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
    %2 = stablehlo.reshape %1 : (tensor<1x3xf32>) -> tensor<3xf32>
    %3 = stablehlo.dynamic_slice %tokens, %index, %0, %0, %0, sizes = [1, 4, 1, 3] : (tensor<5x4x1x3xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4x1x3xf32>
    %4 = stablehlo.reshape %3 : (tensor<1x4x1x3xf32>) -> tensor<4x1x3xf32>
    %5 = stablehlo.dynamic_slice %targets, %index, %0, %0, %0, sizes = [1, 4, 1, 1] : (tensor<5x4x1x1xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x4x1x1xf32>
    %6 = stablehlo.reshape %5 : (tensor<1x4x1x1xf32>) -> tensor<4x1x1xf32>
    %7:6 = func.call @step(%parameters, %firstMoment, %secondMoment, %2, %4, %6) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<4x1x3xf32>, tensor<4x1x1xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<3xf32>, tensor<2xui32>, tensor<i1>)
    %8 = stablehlo.constant dense<1> : tensor<i32>
    %9 = stablehlo.add %index, %8 : tensor<i32>
    %10 = stablehlo.reshape %7#3 : (tensor<3xf32>) -> tensor<1x3xf32>
    %11 = stablehlo.dynamic_update_slice %metrics, %10, %index, %0 : (tensor<5x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<5x3xf32>
    %12 = stablehlo.reshape %7#4 : (tensor<2xui32>) -> tensor<1x2xui32>
    %13 = stablehlo.dynamic_update_slice %hashes, %12, %index, %0 : (tensor<5x2xui32>, tensor<1x2xui32>, tensor<i32>, tensor<i32>) -> tensor<5x2xui32>
    return %7#0, %7#1, %7#2, %9, %7#5, %11, %13, %count, %schedules, %tokens, %targets : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<i32>, tensor<i1>, tensor<5x3xf32>, tensor<5x2xui32>, tensor<i32>, tensor<5x3xf32>, tensor<5x4x1x3xf32>, tensor<5x4x1x1xf32>
  }
}
