// swift-tools-version: 6.2
import PackageDescription

/// `make check` sets this; whoever builds with a newer compiler is not stopped by its new warnings.
let warningsAreErrors = Context.environment["MANABI_WARNINGS_AS_ERRORS"] != nil

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

/// `make fuzz` sets this; libFuzzer has the entry point, so the program links only with it.
let fuzzing = Context.environment["MANABI_FUZZING"] != nil

/// Declares a module of the house: its sources, and the modules from rows below that it may import.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Declares the tests of a module, which may use the shared support library.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let relaxedArithmetic: Target.Dependency = .product(
  name: "RealModule", package: "swift-numerics")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let hashes: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let commandLine: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Manabi",
  products: [.executable(name: "manabi", targets: ["manabi"])],
  traits: [
    .trait(
      name: "XLA",
      description: "The engine for accelerators; needs what `Scripts/setup xla` fetches."
    )
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Row 0: C libraries, a module map and a shim header each.
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(name: "CLAPACK", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CLZF", providers: [.apt(["liblzf-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CPJRT"),
    .systemLibrary(name: "CRename"),
    .systemLibrary(name: "CSandbox"),
    .systemLibrary(name: "CTiles"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Row 1
    module("Tensors"),
    module("RandomKeys"),
    module("Episodes"),
    module("HDF5", ["CHDF5", "CLZF"]),
    module("PJRT", [.target(name: "CPJRT", condition: .when(traits: ["XLA"]))]),
    module("Configuration", [yaml]),

    // Row 2
    module("ComputeGraph", ["Tensors"]),
    module("Baselines", ["CLAPACK", "Episodes", "RandomKeys", relaxedArithmetic]),

    // Row 3
    module(
      "CPUEngine", ["CLinux", "COneDNN", "CTiles", "ComputeGraph", "Tensors", relaxedArithmetic]),
    module("StableHLO", ["ComputeGraph", "Tensors"]),
    module(
      "Storage",
      ["CRename", "CSandbox", "CZlib", "Configuration", "Episodes", "HDF5", "Tensors", hashes]),

    // Row 4
    module("Models", ["ComputeGraph", "Configuration", "Episodes", "RandomKeys", "Tensors"]),
    module("Optimizers", ["ComputeGraph", "Configuration", "Tensors"]),
    module("XLAEngine", ["ComputeGraph", "PJRT", "StableHLO", "Storage", "Tensors"]),
    module(
      "TaskFamilies", ["Baselines", "Configuration", "Episodes", "RandomKeys", "Storage"]),

    // Row 5
    module(
      "MetaTraining",
      [
        "Baselines", "ComputeGraph", "Configuration", "Episodes", "Models", "Optimizers",
        "RandomKeys", "Storage", "TaskFamilies", "Tensors",
      ]),
    module(
      "Evaluation",
      [
        "Baselines", "ComputeGraph", "Configuration", "Episodes", "Models", "Optimizers",
        "RandomKeys", "Storage", "TaskFamilies", "Tensors", relaxedArithmetic,
      ]),
    module("Reporting"),

    // Row 6
    module(
      "Reproductions",
      [
        "Baselines", "ComputeGraph", "Episodes", "Evaluation", "MetaTraining", "Models",
        "Optimizers", "RandomKeys", "Reporting", "Storage", "TaskFamilies", "Tensors",
      ]),

    // Row 7
    .executableTarget(
      name: "manabi",
      dependencies: [
        "CPUEngine", "ComputeGraph", "Configuration", "Episodes", "Evaluation", "MetaTraining",
        "Models", "Optimizers", "RandomKeys", "Reporting", "Reproductions", "Storage",
        "TaskFamilies", "Tensors", "Baselines", commandLine,
        .target(name: "XLAEngine", condition: .when(traits: ["XLA"])),
      ],
      swiftSettings: settings),

    // Tests mirror the sources.
    .target(
      name: "TestSupport",
      dependencies: [
        "Baselines", "ComputeGraph", "Episodes", "RandomKeys", "Storage", "Tensors",
      ],
      path: "Tests/TestSupport", swiftSettings: settings),
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    tests("RandomKeysTests", ["RandomKeys"]),
    tests("EpisodesTests", ["Episodes", "RandomKeys"]),
    tests("HDF5Tests", ["HDF5"]),
    tests("ConfigurationTests", ["Configuration"]),
    tests("ComputeGraphTests", ["ComputeGraph", "Tensors", "TestSupport"]),
    tests("BaselinesTests", ["Baselines", "Episodes", "RandomKeys", "TestSupport"]),
    tests("CPUEngineTests", ["CPUEngine", "ComputeGraph", "Tensors", "TestSupport"]),
    tests(
      "TaskFamiliesTests",
      [
        "Baselines", "Configuration", "Episodes", "RandomKeys", "Storage", "TaskFamilies",
        "TestSupport",
      ]),
    tests(
      "ModelsTests",
      [
        "CPUEngine", "ComputeGraph", "Episodes", "Models", "Optimizers", "RandomKeys", "Tensors",
        "TestSupport",
      ], resources: [.copy("Golden")]),
    tests(
      "StorageTests", ["Configuration", "Episodes", "HDF5", "Storage", "Tensors", "TestSupport"]),
    tests(
      "MetaTrainingTests",
      [
        "Baselines", "CAllocations", "CPUEngine", "ComputeGraph", "Configuration", "Episodes",
        "MetaTraining", "Models", "Optimizers", "RandomKeys", "Storage", "TaskFamilies", "Tensors",
        "TestSupport",
      ]),
    tests(
      "EvaluationTests",
      [
        "Baselines", "CPUEngine", "ComputeGraph", "Episodes", "Evaluation", "Models", "RandomKeys",
        "Storage", "TaskFamilies", "Tensors", "TestSupport",
      ]),
    tests("ReportingTests", ["Reporting"]),
    tests(
      "StableHLOTests", ["ComputeGraph", "StableHLO", "Tensors", "TestSupport"],
      resources: [.copy("Snapshots")]),
    tests("PJRTTests", [.target(name: "PJRT", condition: .when(traits: ["XLA"])), "TestSupport"]),
    tests(
      "XLAEngineTests",
      [
        "CPUEngine", "ComputeGraph", "Configuration", "Episodes", "MetaTraining", "Models",
        "Optimizers", "RandomKeys", "Storage", "TaskFamilies", "Tensors", "TestSupport",
        .target(name: "XLAEngine", condition: .when(traits: ["XLA"])),
      ]),
    tests(
      "ReproductionsTests",
      ["CPUEngine", "MetaTraining", "Models", "Reproductions", "TaskFamilies", "Tensors"]),
    tests(
      "manabiTests",
      ["Baselines", "Configuration", "Episodes", "TaskFamilies", "TestSupport", "manabi"]),
  ]
    + (fuzzing
      ? [
        .executableTarget(
          name: "Fuzzing",
          dependencies: ["Configuration", "Episodes", "MetaTraining", "Storage", "TaskFamilies"],
          path: "Tests/Fuzzing", swiftSettings: settings)
      ] : []),
  swiftLanguageModes: [.v6]
)
