#if XLA
  import Foundation
  import TestSupport
  import Testing

  @Suite("The engine for accelerators, on the plug-in for processors")
  struct AcceleratorTests {
    /// A program whose compiled programs stay in its own directory.
    private func run(_ program: Program, _ arguments: [String]) throws -> Program.Result {
      try program.run(
        arguments, environment: ["XDG_CACHE_HOME": program.directory.path + "/cache"])
    }

    private static let onDevice = ["--engine", "xla", "--plugin", Repository.processorPlugIn]

    @Test(
      "The first 200 losses of a quickstart are those of the other engine",
      arguments: ["quickstart-regression", "quickstart-classification"])
    func quickstart(recipe: String) throws {
      let program = try Program()
      defer { program.remove() }
      let settings = ["--set", "heldOut.interval=200"]
      for (name, options) in [("cpu", []), ("xla", Self.onDevice)] {
        let result = try run(
          program,
          ["train", recipe, "--steps", "200", "--name", name] + settings + options)
        #expect(result.status == 0, "\(result.errors)")
      }
      let (expected, found) = (try losses("cpu", program), try losses("xla", program))
      try #require(expected.count == 200 && found.count == 200)
      for (loss, other) in zip(expected, found) { #expect(abs(loss - other) <= 1e-3 * loss) }
      #expect(found[199] < found[0])
    }

    private func losses(_ run: String, _ program: Program) throws -> [Double] {
      let log = try #require(program.data("checkpoints/\(run)/metrics.jsonl"))
      return try String(decoding: log, as: UTF8.self).split(separator: "\n").compactMap { line in
        let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return record?["loss"] as? Double
      }
    }

    @Test("A model that was trained on a device is evaluated on either engine")
    func evaluation() throws {
      let program = try Program()
      defer { program.remove() }
      let trained = try run(program, ["train", "smoke", "--steps", "20"] + Self.onDevice)
      #expect(trained.status == 0, "\(trained.errors)")
      #expect(trained.errors.contains("Computing on cpu, by \(Repository.processorPlugIn)."))
      let answers = try [[], Self.onDevice].map { options in
        let result = try run(
          program,
          ["evaluate", "checkpoints/smoke", "--episodes", "100", "--no-report"] + options)
        #expect(result.status == 0, "\(result.errors)")
        return result.output
      }
      // A table of three digits.
      #expect(answers[0] == answers[1])
      let replay = try run(
        program, ["replay", "checkpoints/smoke", "--step", "7"] + Self.onDevice)
      #expect(replay.status == 0 && replay.output.contains("Equal to the bit"))
    }

    @Test("The plug-in of the active virtual environment is found")
    func search() throws {
      let program = try Program()
      defer { program.remove() }
      let packages = program.directory.appending(path: "venv/lib/python3.11/site-packages")
      let folder = packages.appending(path: "xla_plugins/xla_cpu_pjrt")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let plugIn = folder.appending(path: "xla_cpu_pjrt.so")
      try FileManager.default.createSymbolicLink(
        at: plugIn, withDestinationURL: URL(filePath: Repository.processorPlugIn))
      let result = try program.run(
        ["train", "smoke", "--steps", "1", "--engine", "xla", "--device", "1"],
        environment: [
          "VIRTUAL_ENV": program.directory.path + "/venv",
          "XDG_CACHE_HOME": program.directory.path + "/cache",
        ])
      #expect(result.status == 0 && result.errors.contains("by \(plugIn.path)."))
    }

    @Test("bench step times launches, and prints their program")
    func bench() throws {
      let program = try Program()
      defer { program.remove() }
      let timed = try run(
        program, ["bench", "step", "--workload", "smoke", "--steps", "3", "--json"] + Self.onDevice)
      #expect(timed.status == 0 && timed.output.contains("\"milliseconds\""))
      let plan = try run(
        program,
        ["bench", "step", "--workload", "smoke", "--plan", "--devices", "2"] + Self.onDevice)
      #expect(plan.output.hasPrefix("module @manabi"))
      #expect(plan.output.contains("stablehlo.while") && plan.output.contains("all_reduce"))
    }

    @Test(
      "What cannot be had is said in one line, and nothing is written",
      arguments: [
        (["--plugin", "/nowhere.so"], "pip install"),
        (["--plugin", "libm.so.6"], "no PJRT plug-in"),
        (["--plugin", Repository.root.path + "/README.md"], "cannot be loaded"),
        (["--plugin", Repository.processorPlugIn, "--devices", "3"], "do not divide"),
      ])
    func unavailable(options: [String], mention: String) throws {
      let program = try Program()
      defer { program.remove() }
      try expectRefusal(["train", "smoke", "--engine", "xla"] + options, mention, program)
    }

    @Test("A plug-in of another version is refused", arguments: [(1, 0), (0, 3)])
    func version(major: Int, minor: Int) throws {
      let program = try Program()
      defer { program.remove() }
      try program.write(
        """
        #include <stddef.h>
        struct version { size_t size; void *extensions; int major, minor; };
        struct table { size_t size; void *extensions; struct version version; };
        static struct table table = {sizeof table, 0, {sizeof(struct version), 0, \(major), \(minor)}};
        const struct table *GetPjrtApi(void) { return &table; }
        """, to: "plugin.c")
      let compiled = try program.shell("clang -shared -fPIC -o plugin.so plugin.c")
      try #require(compiled.status == 0, "\(compiled.errors)")
      let path = program.directory.path + "/plugin.so"
      try expectRefusal(
        ["train", "smoke", "--engine", "xla", "--plugin", path], "\(major).\(minor)", program)
    }

    @Test("A device without enough memory is said so, and nothing is written")
    func memory() throws {
      let program = try Program()
      defer { program.remove() }
      // A step of a million episodes takes 9 GB.
      let result = try program.shell(
        """
        ulimit -v 6000000
        XDG_CACHE_HOME=cache exec "$MANABI" train smoke --set batchSize=1000000 --set laneCount=1 \
          \(Self.onDevice.joined(separator: " "))
        """)
      expect(result, "not enough memory", program)
    }

    @Test("Options of devices are for their engine")
    func usage() throws {
      let program = try Program()
      defer { program.remove() }
      for options in [
        ["--device", "0"], ["--devices", "2"], ["--plugin", "x"],
        ["--device", "5000", "--engine", "xla"],
      ] {
        #expect(try run(program, ["train", "smoke"] + options).status == 64)
      }
      let both = ["train", "smoke", "--engine", "xla", "--device", "0", "--devices", "2"]
      #expect(try run(program, both).status == 64)
    }

    /// Expects exit code 69, one line that mentions something, and no run.
    private func expectRefusal(
      _ arguments: [String], _ mention: String, _ program: Program
    ) throws {
      expect(try run(program, arguments), mention, program)
    }

    private func expect(_ result: Program.Result, _ mention: String, _ program: Program) {
      #expect(result.status == 69)
      let lines = result.errors.split(separator: "\n").filter { !$0.hasPrefix("Computing on") }
      #expect(lines.count == 1 && lines[0].contains(mention), "\(result.errors)")
      #expect(program.data("checkpoints/smoke/experiment.yaml") == nil)
    }
  }
#endif
