import Foundation
import Testing

@Suite("manabi doctor")
struct DoctorTests {
  private struct Report: Decodable {
    struct Finding: Decodable {
      let subject: String
      let verdict: String
      let state: String
      let advice: String?
    }

    let healthy: Bool
    let findings: [Finding]

    func finding(_ subject: String) throws -> Finding {
      try #require(findings.first { $0.subject == subject })
    }
  }

  private func report(_ result: Program.Result) throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  @Test("Names versions and costs, and leaves nothing")
  func healthy() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("doctor", "--json")
    #expect(result.status == 0, "\(result.output)")
    let report = try report(result)
    #expect(report.healthy)
    for library in ["oneDNN", "HDF5", "LAPACK", "zlib"] {
      #expect(try report.finding(library).state.first?.isNumber == true, "\(library)")
    }
    for subject in [
      "manabi", "build", "processor", "cores", "vectors", "memory", "hash", "runs: directory",
      "runs: space", "runs: fsync", "runs: flock", "temporary: fsync", "locale", "clock",
      "open files", "file size", "address space", "standard streams",
    ] {
      #expect(try !report.finding(subject).state.isEmpty)
    }
    #expect(try report.finding("runs: directory").state.contains("to be made in ."))
    for finding in report.findings {
      #expect((finding.verdict == "ok") == (finding.advice == nil), "\(finding.subject)")
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: program.directory.path)
    #expect(Set(left) == [".out", ".err"])
  }

  @Test("The table says the same in lines")
  func table() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("doctor")
    #expect(result.status == 0)
    #expect(result.output.contains("oneDNN"))
    #expect(result.output.contains("0 problems, "))
  }

  @Test("A directory that cannot be written is a problem")
  func unwritable() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("", to: "file")
    let result = try program.run("doctor", "--runs", "file/runs", "--json")
    #expect(result.status == 69)
    let report = try report(result)
    #expect(!report.healthy)
    let finding = try report.finding("runs: writing")
    #expect(finding.verdict == "problem")
    #expect(finding.state.contains("Not a directory"))
  }

  @Test(
    "Memory that poses as a disk is a warning",
    .enabled(
      if: (try? String(contentsOfFile: "/proc/mounts", encoding: .utf8))?
        .contains(" /dev/shm tmpfs ") == true))
  func memory() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("doctor", "--runs", "/dev/shm", "--json")
    #expect(result.status == 0)
    let finding = try report(result).finding("runs: directory")
    #expect(finding.verdict == "warning")
    #expect(finding.advice?.contains("power cut") == true)
  }

  @Test("Limits and closed streams are warnings")
  func limits() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.shell(
      #"ulimit -n 40; ulimit -f 8192; LC_ALL=C "$MANABI" doctor --json <&-"#)
    #expect(result.status == 0, "\(result.output)")
    let report = try report(result)
    #expect(try report.finding("open files").verdict == "warning")
    #expect(try report.finding("file size").state == "at most 4.0 MiB")
    #expect(try report.finding("standard streams").state.hasPrefix("input: closed"))
    #expect(try report.finding("locale").state.contains("UTF-8 all the same"))
  }
}
