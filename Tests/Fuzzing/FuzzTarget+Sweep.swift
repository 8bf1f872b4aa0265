import Configuration
import MetaTraining
import Storage

extension FuzzTarget {
  /// A sweep as YAML, and the experiments that it makes.
  static let sweep = FuzzTarget(
    name: "sweep",
    words: ["base: ", "set: ", "grid: ", "name: ", "seed: ", "model.width: ", "[1, 2]", "- "],
    seeds: {
      [
        "base: smoke\nset: {steps: 10}\ngrid:\n  seed: [0, 1]\n  size:\n"
          + "    - {name: small, set: {model.width: 8, optimizer: {learningRate: 1e-3}}}\n",
        "base: {family: {kind: sinusoid}}\ngrid: {family.noise: [0, null, '1']}\n",
      ].map { Array($0.utf8) }
    },
    run: { bytes in
      do {
        let document = try ConfigurationDocument(
          yaml: String(decoding: bytes, as: UTF8.self), name: "sweep.yaml")
        let file: SweepFile = try document.decode()
        let text = try ConfigurationDocument.yaml(encoding: file)
        let again: SweepFile = try ConfigurationDocument(yaml: text, name: "again").decode()
        expect(outline(again) == outline(file), "What a sweep is written as reads back as it.")
        // More points would only take longer.
        guard file.axes.count < 4, file.axes.allSatisfy({ $0.values.count < 4 }) else { return }
        _ = try file.sweep("sweep.yaml") { try ConfigurationDocument(yaml: "steps: 1", name: $0) }
      } catch let error as ConfigurationError {
        _ = error.description
      } catch let error as StorageError {
        // Of a task set that is named and not there.
        _ = error.description
      } catch {
        fatalError("\(error)")
      }
    })

  /// The axes with the names and paths of their values.
  private static func outline(_ file: SweepFile) -> [[String]] {
    file.axes.map { axis in
      [axis.name] + axis.values.flatMap { [$0.name] + $0.changes.map(\.path) }
    }
  }
}
