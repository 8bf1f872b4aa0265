import Configuration

/// What a user asked for and cannot have.
enum CommandError: Error, CustomStringConvertible {
  /// Neither a recipe nor a file.
  case noSuchRecipe(String, known: [String])
  /// Neither a sweep that comes along nor a file.
  case noSuchSweep(String, known: [String])
  /// Neither a family nor anything else that describes one.
  case noSuchFamily(String, known: [String])
  /// No learner that is known for some tasks.
  case noSuchLearner(String, known: [String])
  /// A file that is missing.
  case missing(String)
  /// A file that is there but no readable text, and why.
  case unreadable(String, String)
  /// A text file that is larger than any that is meant.
  case tooLong(String)
  /// An argument that makes no sense.
  case invalid(String)
  /// Numbers that are not finite where they have to be.
  case nonFinite(String)

  var description: String {
    switch self {
    case .noSuchRecipe(let name, let known):
      "\(name) is neither a recipe nor a file. Recipes: \(known.joined(separator: ", "))."
    case .noSuchSweep(let name, let known):
      "\(name) is neither a sweep nor a file. Sweeps: \(known.joined(separator: ", "))."
    case .noSuchFamily(let name, let known):
      "no family is called `\(name)`; \(advice(for: name, among: known)) "
        + "List them with: manabi families"
    case .noSuchLearner(let name, let known):
      "no learner of these tasks is called `\(name)`; \(advice(for: name, among: known)) "
        + "All are: \(known.joined(separator: ", "))."
    case .missing(let path): "\(path): no such file. Check the path."
    case .unreadable(let path, let reason):
      "\(path): not readable: \(reason). Name a file of UTF-8 text."
    case .tooLong(let path):
      "\(path): larger than 1 MB; a configuration has a few kilobytes. Check that it is the right file."
    case .invalid(let reason), .nonFinite(let reason): reason
    }
  }
}
