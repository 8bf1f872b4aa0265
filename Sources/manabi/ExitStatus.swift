import ArgumentParser
import ComputeGraph
import Configuration
import Evaluation
import Foundation
import MetaTraining
import Reproductions
import Storage

/// How the program ends, after sysexits.
enum ExitStatus: Int32 {
  case damagedInput = 65
  case missingInput = 66
  case unavailable = 69
  case softwareError = 70
  case inputOutput = 74
  case stopped = 75
  case badConfiguration = 78
  case nonFiniteState = 79
  /// Whoever read standard output has gone: what a shell reports of programs that SIGPIPE ends.
  case readerLeft = 141

  /// Prints what went wrong, where, and what to do, and ends the program with the code for it.
  static func end(with error: any Error) -> Never {
    switch error {
    // A command that has said all that is to be said.
    case let code as ExitCode: Foundation.exit(code.rawValue)
    case let error as ConfigurationError: fail("\(error)", .badConfiguration)
    case let error as StorageError: fail("\(error)", error.exitCode)
    case let error as TableError: fail("\(error)", .damagedInput)
    case let error as DatasetError: fail("\(error)", .damagedInput)
    case let error as EvaluationError: fail("\(error)", .damagedInput)
    case let error as CommandError: fail("\(error)", error.exitStatus)
    case let error as TrainingError: fail("\(error)", error.exitStatus)
    case let error as EngineError: fail("\(error)", error.exitStatus)
    case let error as ReproductionError: fail("\(error)", error.exitStatus)
    case OutputError.readerLeft: Foundation.exit(readerLeft.rawValue)
    case let error as OutputError: fail("\(error)", .inputOutput)
    // What the argument parser did not make itself has no code of its own.
    case _ where Manabi.exitCode(for: error) == .failure: fail("\(error)", .softwareError)
    default: endParsing(with: error)
    }
  }

  /// Ends as the argument parser would, with help on standard output and mistakes on standard error.
  private static func endParsing(with error: any Error) -> Never {
    let (text, code) = (Manabi.fullMessage(for: error), Manabi.exitCode(for: error))
    guard !text.isEmpty else { Foundation.exit(code.rawValue) }
    guard code.isSuccess else {
      Output.note(text)
      Foundation.exit(code.rawValue)
    }
    do throws(OutputError) {
      try Output.text(text)
    } catch {
      end(with: error)
    }
    Foundation.exit(code.rawValue)
  }

  /// Characters of an error that are shown; our own sentences are shorter.
  private static let longestMessage = 4000

  private static func fail(_ message: String, _ status: ExitStatus) -> Never {
    fail(message, status.rawValue)
  }

  private static func fail(_ message: String, _ code: Int32) -> Never {
    // A key of a hostile file may be a megabyte long.
    Output.note("manabi: \(String(message.prefix(longestMessage)).escapingControls)")
    Foundation.exit(code)
  }
}

extension CommandError {
  var exitStatus: ExitStatus {
    switch self {
    case .noSuchRecipe, .noSuchSweep, .missing: .missingInput
    case .unreadable: .damagedInput
    case .noSuchFamily, .noSuchLearner, .invalid, .tooLong: .badConfiguration
    case .nonFinite: .nonFiniteState
    }
  }
}

extension EngineError {
  var exitStatus: ExitStatus {
    switch self {
    case .unavailable, .outOfMemory, .unsupported: .unavailable
    case .library, .failed: .softwareError
    }
  }
}

extension ReproductionError {
  var exitStatus: ExitStatus {
    switch self {
    case .noDataset: .unavailable
    case .noCandidate: .softwareError
    }
  }
}

extension TrainingError {
  var exitStatus: ExitStatus {
    switch self {
    case .nonFinite: .nonFiniteState
    case .exists, .differs, .differentSweep: .badConfiguration
    case .noCheckpoint, .notLogged: .missingInput
    case .foreignParameters, .foreignTaskSet: .damagedInput
    case .unsupported: .unavailable
    }
  }
}
