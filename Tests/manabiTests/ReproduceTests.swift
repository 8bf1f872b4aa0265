import Foundation
import Testing

@Suite("The command reproduce")
struct ReproduceTests {
  @Test("Every claim is listed with its source and what it costs")
  func list() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("reproduce", "--list")
    #expect(result.status == 0)
    for id in [
      "T0", "T1", "T1b", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T9f", "T9p", "T10",
    ] {
      #expect(result.output.contains("\n\(id) ") || result.output.hasPrefix("\(id) "))
    }
    #expect(result.output.contains("https://arxiv.org/abs/2212.07677"))
    let json = try program.run("reproduce", "--list", "--json")
    let entries = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(entries?.count == 14)
  }

  @Test("A claim that needs no training holds, and leaves a report")
  func construction() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("reproduce", "T1b", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("\"holds\" : true"))
    let place = program.directory.appending(path: "checkpoints/reproduce/T1b")
    for name in ["report.html", "report.h5"] {
      #expect(FileManager.default.fileExists(atPath: place.appending(path: name).path))
    }
    #expect(try program.run("verify", "checkpoints/reproduce/T1b/report.h5").status == 0)
  }

  @Test("What cannot be reproduced is refused with what can")
  func unknown() throws {
    let program = try Program()
    defer { program.remove() }
    let result = try program.run("reproduce", "T99")
    #expect(result.status == 78)
    #expect(result.errors.contains("T1b"))
    let quick = try program.run("reproduce", "T6")
    #expect(quick.status == 78)
    #expect(quick.errors.contains("--tier full"))
  }
}
