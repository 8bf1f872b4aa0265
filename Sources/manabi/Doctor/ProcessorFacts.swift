/// What the kernel says about the processor.
struct ProcessorFacts {
  let model: String?
  /// Words such as `avx2`.
  let features: Set<String>

  static var current: ProcessorFacts {
    ProcessorFacts(TextFile.ofKernel("/proc/cpuinfo") ?? "")
  }

  /// - Parameter text: of `/proc/cpuinfo`, lines of names and values, of which the first count.
  init(_ text: String) {
    func value(_ names: String...) -> String? {
      for line in text.split(separator: "\n") {
        guard let colon = line.firstIndex(of: ":") else { continue }
        let name = line[..<colon].trimmingBlanks
        if names.contains(name) { return line[colon...].dropFirst().trimmingBlanks }
      }
      return nil
    }
    model = value("model name")
    features = Set((value("flags", "Features") ?? "").split(separator: " ").map(String.init))
  }
}

extension ProcessorFacts {
  /// Tells processors apart for which a compiler makes different programs.
  var identity: String { ([model ?? "unknown"] + features.sorted()).joined(separator: " ") }
}

extension Substring {
  /// Without blanks and tabs at its ends.
  var trimmingBlanks: String {
    split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
  }
}
