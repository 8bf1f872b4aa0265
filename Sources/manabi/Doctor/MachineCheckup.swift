import CPUEngine
import ComputeGraph
import Foundation
import Reporting

/// Processor and memory, and what the system lets this process have of them.
enum MachineCheckup {
  static func findings() throws -> [Finding] {
    let facts = ProcessorFacts.current
    return [
      .ok("processor", facts.model ?? "of an unknown model"), cores,
      try vectors(facts.features), memory,
    ]
  }

  private static var cores: Finding {
    let process = ProcessInfo.processInfo
    let (allowed, present) = (process.activeProcessorCount, process.processorCount)
    let state = "\(allowed) of \(present) may be used"
    if let quota = ControlGroup.current.processorQuota, quota < Double(allowed) {
      return .warning(
        "cores", "\(state), for the time of \(quota.fixed(1))",
        "give --workers \(max(1, Int(quota))), or raise the quota of the control group")
    }
    return .ok("cores", state)
  }

  private static func vectors(_ features: Set<String>) throws -> Finding {
    let names = ["avx2", "avx512f", "avx512_bf16", "amx_tile", "amx_bf16"]
    let present = names.filter(features.contains)
    let engine = try CPUEngine(workers: 1)
    let precisions = Precision.allCases.filter(engine.supports).map(\.rawValue)
    return .ok(
      "vectors",
      (present.isEmpty
        ? "none of \(names.joined(separator: ", "))" : present.joined(separator: ", "))
        + "; trains in \(precisions.joined(separator: " and "))"
        + (engine.multipliesTiles ? ", with tiles" : ""))
  }

  /// Less than this is not enough for a model of ten million parameters.
  private static let scarce = 1 << 30

  private static var memory: Finding {
    let values = MemoryFacts.current
    guard let total = values.total, let available = values.available else {
      return .warning("memory", "unknown", "mount /proc")
    }
    let limit = ControlGroup.current.memoryLimit
    let free = min(available, limit ?? available)
    let state =
      "\(ByteCount.text(available)) of \(ByteCount.text(total)) available"
      + (limit.map { ", at most \(ByteCount.text($0)) for the control group" } ?? "")
    return free < scarce
      ? .warning("memory", state, "end other programs, or train with a smaller batchSize")
      : .ok("memory", state)
  }
}

/// The memory of the machine in bytes, as `/proc/meminfo` gives it.
private struct MemoryFacts {
  let total: Int?
  let available: Int?

  static var current: MemoryFacts {
    let text = TextFile.ofKernel("/proc/meminfo") ?? ""
    func bytes(_ name: String) -> Int? {
      let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }
    return MemoryFacts(total: bytes("MemTotal"), available: bytes("MemAvailable"))
  }
}
