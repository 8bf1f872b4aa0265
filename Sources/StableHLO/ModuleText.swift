/// A whole program as text of StableHLO, <https://openxla.org/stablehlo/spec>.
package struct ModuleText: Hashable, Sendable {
  package let text: String

  /// - Parameters:
  ///   - replicaCount: on how many devices it runs.
  ///   - functions: one of them public and called `main`.
  init(replicaCount: Int = 1, functions: [String]) {
    let attributes = "mhlo.num_partitions = 1 : i32, mhlo.num_replicas = \(replicaCount) : i32"
    text =
      (["module @manabi attributes {\(attributes)} {"] + functions + ["}"])
      .joined(separator: "\n") + "\n"
  }
}
