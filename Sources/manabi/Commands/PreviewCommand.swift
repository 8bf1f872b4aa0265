import ArgumentParser
import Configuration
import MetaTraining
import Storage
import TaskFamilies

struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Shows what tasks of a family look like.",
    discussion: """
      Draws the first episodes that `manabi generate` would write with the same seed, in characters, and as a \
      picture if asked:

        manabi preview linearRegression --set dimension=1 --set noise=0.3
        manabi preview quickstart-classification --episodes 6 --svg tasks.svg
      """)

  @OptionGroup var family: FamilyArgument
  @Option(help: "How many episodes.")
  var episodes = 3
  @Option(help: "Names the episodes.")
  var seed = 0
  @Option(help: "A picture to write.")
  var svg: String?
  @Flag(help: "Print JSON: the numbers of the episodes.")
  var json = false

  func validate() throws {
    guard (1...60).contains(episodes) else {
      throw ValidationError("--episodes has to be from 1 to 60.")
    }
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
  }

  func run() throws {
    let preview = try FamilyPreview(try family.configuration, count: episodes, seed: seed)
    if json {
      try Output.json(preview)
    } else {
      let style = StandardOutput.style
      try Output.text(preview.text(width: StandardOutput.width, style: style), terminator: "")
    }
    if let svg {
      try POSIXFileSystem().replace(svg, with: Array(preview.svg.utf8))
      Output.note("Picture: \(svg)")
    }
  }
}
